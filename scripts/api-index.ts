/** Writes docs/api/README.md, the index of the API reference, from the types in .jsii: `npx tsx scripts/api-index.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');

interface Assembly {
  readonly name: string;
  readonly types: {
    readonly [fqn: string]: { readonly name: string; readonly namespace?: string; readonly kind: string; readonly datatype?: boolean };
  };
}

const { name, types } = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8')) as Assembly;
const pages = new Map<string, { readonly fqn: string; readonly name: string; readonly group: string }[]>();
for (const [fqn, type] of Object.entries(types)) {
  const page = type.namespace ?? 'root';
  const group = type.kind === 'class' ? 'Classes' : type.kind === 'enum' ? 'Enums' : type.datatype ? 'Structs' : 'Interfaces';
  pages.set(page, [...pages.get(page) ?? [], { fqn, name: type.name, group }]);
}
const sections = [...pages].sort(([a], [b]) => (a === 'root' ? -1 : b === 'root' ? 1 : a < b ? -1 : 1)).flatMap(([page, all]) => [
  `## ${page === 'root' ? name : `[${page}](${page}.md)`}`,
  '',
  ...page === 'root' ? ['[Reference](root.md). What every platform uses.', ''] : [],
  ...['Classes', 'Interfaces', 'Structs', 'Enums'].flatMap((group) => {
    const names = all.filter((type) => type.group === group)
      .map((type) => `[\`${type.name}\`](${page}.md#${type.fqn})`).sort();
    return names.length === 0 ? [] : [`${group}: ${names.join(', ')}`, ''];
  }),
]);
writeFileSync(join(ROOT, 'docs', 'api', 'README.md'), `${['# API reference', '', ...sections].join('\n').trimEnd()}\n`);

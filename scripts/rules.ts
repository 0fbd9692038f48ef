import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { RuleDescription } from '../src/checks/rule';

const ROOT = resolve(__dirname, '..');

/** As programs load them that know their names at run time only. */
const load = createRequire(__filename);

/** All rules of the library: those that read manifests, and those beside the capability that records them. */
export function allRules(): RuleDescription[] {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
    .map((file) => join(ROOT, 'src', file)).filter((file) => /^ +id: 'MS-/m.test(readFileSync(file, 'utf8')));
  const exported = files.flatMap((file) => Object.values<unknown>(load(file)));
  const rules = exported.filter((value): value is RuleDescription => `${(value as RuleDescription | undefined)?.id}`.startsWith('MS-'));
  return rules.sort((a, b) => a.id < b.id ? -1 : 1);
}

/** The rules as a table of Markdown. */
export function rulesTable(): string {
  return ['| rule | severity | why | fix |', '| --- | --- | --- | --- |', ...allRules().map(({ id, severity, why, fix }) => `| \`${id}\` | ${severity} | ${why} | ${fix} |`)].join('\n');
}

/** The ids of rules that the sources define, whether they are exported or not. */
export function idsInSources(): string[] {
  return readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(join(ROOT, 'src', file), 'utf8').matchAll(/^ +id: '(MS-[A-Z]+-\d{3})'/gm)].map(([, id]) => id)).sort();
}

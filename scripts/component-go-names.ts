import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MODULE = 'github.com/dapr/components-contrib/';

/**
 * The fields that the Go code of a component can read, documented or not: names of struct fields, of their tags, and of properties that are read one by one.
 * Dapr compares names without regard to case.
 */
export function namesInCode(root: string, folder: string): string[] {
  const names = new Map<string, string>();
  for (const text of codeOf(root, folder)) {
    for (const name of [...tagged(text), ...structFields(text), ...readByName(text)]) {
      names.set(name.toLowerCase(), name);
    }
  }
  return [...names.values()].sort();
}

/** The Go files of a folder, and those of what it imports of the shared packages. */
function codeOf(root: string, folder: string): string[] {
  const open = [folder];
  const seen = new Set<string>();
  const texts: string[] = [];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at) || !existsSync(join(root, at))) {
      continue;
    }
    seen.add(at);
    const files = readdirSync(join(root, at)).filter((file) => file.endsWith('.go') && !file.endsWith('_test.go'));
    for (const text of files.map((file) => readFileSync(join(root, at, file), 'utf8'))) {
      texts.push(text);
      const imports = [...text.matchAll(new RegExp(`"${MODULE}([^"]+)"`, 'g'))].map(([, path]) => path);
      open.push(...imports.filter((path) => /^(?:common|internal|bindings|state|pubsub|secretstores)\/.+/.test(path) && !path.endsWith('/utils')));
    }
  }
  return texts;
}

function tagged(text: string): string[] {
  return [...text.matchAll(/(?:mapstructure|json|mdaliases):"([^"]+)"/g)].flatMap(([, names]) => names.split(',')).filter((name) => /^[A-Za-z][\w-]*$/.test(name) && !['omitempty', 'squash', 'string'].includes(name));
}

function structFields(text: string): string[] {
  return [...text.matchAll(/type \w*(?:[mM]etadata|[sS]ettings|[oO]ptions|[cC]onfig|[cC]redentials|[aA]uth)\w* struct \{([\s\S]*?)\n\}/g)]
    .flatMap(([, body]) => [...body.matchAll(/^\s+([A-Z]\w*)\s+[\w.*[\]]/gm)].map(([, name]) => name));
}

/** Constants and literals with the form of a field: metadata that is read without a struct. */
function readByName(text: string): string[] {
  return [...text.matchAll(/(?:Properties\[|=\s+|GetMetadataProperty\([^)]*?|\{|,\s*)"([a-zA-Z][a-zA-Z0-9]{2,40})"/g)].map(([, name]) => name);
}

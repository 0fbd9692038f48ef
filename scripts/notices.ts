import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `imports/k8s.ts` contains its types. */
const COPIED = 'node_modules/cdk8s-plus-27';

/**
 * The notices of the packages whose code this package contains: name, version, licence and its text.
 *
 * @param root the folder of this package
 * @param files the files that are compiled in, such as `node_modules/yaml/dist/index.js`
 */
export function notices(root: string, files: readonly string[]): string {
  const compiledIn = files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file) ?? []);
  const parts = [...new Set([...compiledIn, COPIED])].sort().map((folder) => notice(join(root, folder)));
  return ['This package contains code of the following packages.\n', ...parts].join(`\n${'-'.repeat(80)}\n\n`);
}

function notice(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string>;
  const texts = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'NOTICE'].map((file) => join(folder, file)).filter(existsSync);
  if (texts.length === 0) {
    throw new Error(`${name} ${version} has no file with its licence. Add its text to scripts/notices.ts.`);
  }
  return [`${name} ${version} (${license})\n`, ...texts.map((file) => `${readFileSync(file, 'utf8').trim()}\n`)].join('\n');
}

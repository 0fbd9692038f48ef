/** Writes the annotations that the injector of each version of Dapr reads, from its Go module: `npx tsx scripts/dapr-annotations.ts`. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const VERSIONS = ['v1.14.0', 'v1.15.0', 'v1.16.0', 'v1.17.0', 'v1.18.1'];

const annotations = Object.fromEntries(VERSIONS.map((version) => {
  const { Dir: folder } = JSON.parse(execFileSync('go', ['mod', 'download', '-json', `github.com/dapr/dapr@${version}`], { encoding: 'utf8' }));
  const source = readFileSync(join(folder, 'pkg/injector/annotations/annotations.go'), 'utf8');
  return [version, [...source.matchAll(/^\s*Key\w+\s*=\s*"dapr\.io\/([^"]+)"/gm)].map(([, name]) => name).sort()];
}));

writeFileSync(resolve(__dirname, '../test/fixtures/dapr-annotations.json'), `${JSON.stringify(annotations, undefined, 2)}\n`);

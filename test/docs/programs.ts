import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Block, blocksOf } from './markdown';

/** A program that a document shows: its files below one heading. */
export interface Program {
  readonly heading: string;
  /** Contents by name. */
  readonly files: ReadonlyMap<string, string>;
  /** What it prints or writes, as the document says. */
  readonly output?: string;
}

const FILES = ['ts', 'yaml', 'python'];

export function programsOf(file: string): Program[] {
  const byHeading = new Map<string, Block[]>();
  for (const block of blocksOf(file)) {
    byHeading.set(block.heading, [...byHeading.get(block.heading) ?? [], block]);
  }
  return [...byHeading].flatMap(([heading, blocks]): Program[] => {
    const files = new Map(blocks.filter(({ language, title }) => FILES.includes(language) && title !== '').map(({ title, text }) => [title, text]));
    return files.size === 0 ? [] : [{ heading, files, output: blocks.find(({ title }) => title === 'output')?.text }];
  });
}

const TAG = /^(.*)\/[^/]+\/[^/]+\/tag\.yaml$/;

/**
 * Writes a program into a folder. A document shows one tag.yaml: the services that are named here get the same, in all environments.
 */
export function writeProgram(program: Program, folder: string, services: readonly string[] = []): void {
  const files = new Map<string, string>();
  for (const [name, text] of program.files) {
    const [, values] = TAG.exec(name) ?? [];
    for (const service of values === undefined ? [] : services) {
      ['dev', 'staging', 'prod'].forEach((environment) => files.set(`${values}/${service}/${environment}/tag.yaml`, text));
    }
    files.set(name, text);
  }
  for (const [name, text] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** The platform of the README, and its services. */
export function readmePlatform(): Program {
  return programsOf('README.md').find(({ heading }) => heading === 'A platform')!;
}
export const README_SERVICES = ['auth', 'checkout', 'order', 'payment'];

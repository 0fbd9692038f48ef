import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '..', '..');

/** A fenced block of a Markdown file: ```` ```<language> <title> ````. */
export interface Block {
  /** Where it begins: `README.md:40`. */
  readonly place: string;
  readonly language: string;
  /** The name of a file, or a word that says what the block is; empty for a fragment. */
  readonly title: string;
  readonly text: string;
  /** The heading it stands below. Files below one heading belong together. */
  readonly heading: string;
}

/** The fenced blocks of a Markdown file, by its path from the folder of the project. */
export function blocksOf(file: string): Block[] {
  const path = resolve(ROOT, file);
  const blocks: Block[] = [];
  let heading = '';
  let open: { line: number; fence: string[]; lines: string[] } | undefined;
  readFileSync(path, 'utf8').split('\n').forEach((line, index) => {
    const fence = /^```(\S*)\s*(.*)$/.exec(line);
    if (open && line === '```') {
      const [, language, title] = open.fence;
      blocks.push({ place: `${relative(ROOT, path)}:${open.line}`, language, title: title.trim(), text: `${open.lines.join('\n')}\n`, heading });
      open = undefined;
    } else if (open) {
      open.lines.push(line);
    } else if (fence) {
      open = { line: index + 1, fence: [...fence], lines: [] };
    } else if (/^##? /.test(line)) {
      heading = line.replace(/^#+ /, '');
    }
  });
  if (open) {
    throw new Error(`${relative(ROOT, path)}:${open.line}: the block has no end`);
  }
  return blocks;
}

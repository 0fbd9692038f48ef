import { InvalidArgumentError, Option } from 'commander';
import { type AddCommand, example, FOUND, OK } from './command';
import { revisionFiles } from './revision-files';
import { ManifestDifference } from '../difference/manifest-difference';
import { manifestFiles } from '../inputs/manifest-files';
import { ManifestSet } from '../manifests/manifest-set';
import { fail } from '../values/errors';

interface Options {
  readonly rev?: string;
  readonly read: { readonly [word: string]: string };
  readonly format: 'text' | 'markdown' | 'json';
}

/** The command that compares manifests. */
export const addDiff: AddCommand = (program, end) => {
  program.command('diff')
    .summary('compare manifests by object and field')
    .description(`Compares manifests by object and field, the most serious changes first: what Kubernetes refuses, what deletes data, what changes access,
what is removed, and what restarts pods. Ends with 1 if there are differences.`)
    .argument('<path>', 'a file of YAML or JSON, or a folder of such files: the manifests before, or with --rev those of today')
    .argument('[after]', 'the manifests after')
    .option('--rev <revision>', 'compare with the files of this path in a revision of Git, such as main')
    .option('--read <old=new>', 'read a word of the manifests before as another, such as staging=prod; can be repeated', readAs, {})
    .addOption(new Option('--format <name>', 'how to print the changes').choices(['text', 'markdown', 'json']).default('text'))
    .addHelpText('after', example('diff dist/staging dist/prod --read staging=prod', 'diff dist --rev main --format markdown'))
    .action((path: string, after: string | undefined, { rev, read, format }: Options) => {
      if ((rev === undefined) === (after === undefined)) {
        fail('diff', after === undefined ? 'there is nothing to compare with' : 'a second path and --rev are given', 'Name two paths, or one path with --rev');
      }
      const [from, to] = [rev === undefined ? manifestFiles([path]) : revisionFiles(rev, path), manifestFiles([after ?? path])];
      const difference = ManifestDifference.between(ManifestSet.parse(withWords(from, read)), ManifestSet.parse(to));
      const nothing = `No differences in ${Object.keys(to).length} files.\n`;
      const text = { text: () => `${difference}` || nothing, markdown: () => difference.toMarkdown() || nothing, json: () => json(difference) }[format]();
      end({ status: difference.changes.length > 0 ? FOUND : OK, stdout: text });
    });
};

function readAs(text: string, before: { readonly [word: string]: string }): { readonly [word: string]: string } {
  const [, old, now] = /^([\w.-]+)=([\w.-]+)$/.exec(text) ?? [];
  if (old === undefined) {
    throw new InvalidArgumentError('Write <old>=<new>, such as staging=prod.');
  }
  return { ...before, [old]: now };
}

/** The same files with other words, in their names as well. Parts of longer words stay. */
function withWords(files: { readonly [file: string]: string }, words: { readonly [word: string]: string }): { [file: string]: string } {
  const replaced = (text: string) => Object.entries(words)
    .reduce((all, [old, now]) => all.replace(new RegExp(`(?<![A-Za-z0-9])${old.replace(/[.]/g, '\\$&')}(?![A-Za-z0-9])`, 'g'), now), text);
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [replaced(file), replaced(text)]));
}

function json({ changes }: ManifestDifference): string {
  const list = changes.map(({ before, after, risk, refusals, fields }) => (
    { before: before?.id, after: after?.id, file: (after ?? before)!.place.file, risk, refusals, fields: (after ?? before)!.kind === 'Secret' ? [] : fields }));
  return `${JSON.stringify(list, undefined, 2)}\n`;
}

import type { IConstruct } from 'constructs';
import { recordLate } from '../checks/registry';
import type { RuleDescription } from '../checks/rule';
import { Severity } from '../checks/severity';
import type { Values } from '../inputs/values';
import { nearest } from '../values/errors';
import { rootOf, TreeValue } from '../values/tree-value';

export const UNREAD_VALUES: RuleDescription = {
  id: 'MS-VALUES-001',
  severity: Severity.WARNING,
  why: 'A values file that no service reads changes nothing.',
  fix: 'Name it values-base.yaml, <environment>/values.yaml or <environment>/tag.yaml in the folder of a service of this program, or delete it.',
};

/** The values of all charts of an app, by their directory: two groups may share one, and each environment may read it by itself. */
const DIRECTORIES = new TreeValue<Map<string, Values[]>>('values-directories');

/** Reports files of a directory that look like values files and that no service of the app reads. */
export function reportUnread(chart: IConstruct, values: Values): void {
  const directory = values._directory;
  if (directory === undefined) {
    return;
  }
  const root = rootOf(chart);
  const directories = DIRECTORIES.ensure(root, () => new Map());
  const readers = directories.get(directory) ?? [];
  if (readers.length === 0) {
    recordLate(root, UNREAD_VALUES, () => {
      const read = new Set(readers.flatMap((reader) => reader._paths()));
      return values._files().filter((file) => !read.has(file) && !isElsewhere(file, [...read])).map((file) => {
        const near = nearest(file, [...read]);
        return `${directory}/${file} is read by no service${near === undefined ? '' : `, and ${near} would be`}`;
      });
    });
  }
  directories.set(directory, readers);
  readers.push(values);
}

/** Whether a file is of a service of this program for an environment that it does not render now. */
function isElsewhere(file: string, read: readonly string[]): boolean {
  const [service, environment, name] = file.split('/');
  const environments = new Set(read.map((path) => path.split('/')).filter(([folder, , last]) => folder === service && last !== undefined).map(([, each]) => each));
  return environments.size > 0 && !environments.has(environment) && ['values.yaml', 'tag.yaml'].includes(name) && nearest(environment, [...environments]) === undefined;
}

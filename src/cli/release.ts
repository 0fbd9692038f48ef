import { withVersion } from './tag-file';
import { parseVersion, versionText } from './version';
import { foldersIn } from '../inputs/folders';
import { isDirectory, requireTextFile } from '../inputs/text-file';
import { replaceFile } from '../output/replace-file';
import { fail, nearest } from '../values/errors';
import { dnsLabel, show } from '../values/value-checks';

/** What is released where. */
export interface Release {
  /** The folder with `main`, `thirdparties` and `infrastructure`, or one of these. */
  readonly directory: string;
  readonly service: string;
  readonly environment: string;
  /** A tag, a digest, or both as `<tag>@<digest>`. */
  readonly version: string;
}

const WHERE = 'release set';

/**
 * Writes a version into the tag file of a service in an environment, and says what changed. Nothing is written on an error.
 */
export function setRelease({ directory, service, environment, version }: Release): string {
  const reference = parseVersion(WHERE, version);
  dnsLabel(WHERE, 'service', service);
  dnsLabel(WHERE, 'environment', environment);
  if (!isDirectory(directory)) {
    fail(WHERE, `${show(directory)} is not a directory`, 'Name the folder of values files by --directory');
  }
  const root = directory.replace(/(.)\/+$/, '$1');
  const folder = folderOf(root, service);
  const environments = foldersIn(folder);
  if (!environments.includes(environment)) {
    fail(folder, `there is no environment ${show(environment)}`, candidates(environment, environments));
  }
  const file = `${folder}/${environment}/tag.yaml`;
  const text = requireTextFile(root, file, "Write it once, with 'image:' and below it 'tag:' and the first version");
  const changed = withVersion(file, text, reference);
  if (changed.text !== text) {
    replaceFile(file, changed.text);
  }
  const [before, after] = [versionText(changed.before), versionText(reference)];
  return before === after ? `${file}: ${after} already` : `${file}: ${before} -> ${after}`;
}

function folderOf(root: string, service: string): string {
  const parents = [root, ...foldersIn(root).map((name) => `${root}/${name}`)];
  // a folder of a service has one for each environment, a folder of folders has no tag files
  const found = parents.filter((parent) => foldersIn(parent).includes(service));
  if (found.length > 1) {
    fail(root, `${show(service)} is in ${found.join(' and in ')}`, 'Name one of them by --directory');
  }
  if (found.length === 0) {
    const known = [...new Set(parents.slice(1).flatMap(foldersIn))].sort();
    fail(root, `there is no service ${show(service)}`, candidates(service, known));
  }
  return `${found[0]}/${service}`;
}

function candidates(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near !== undefined ? `Did you mean '${near}'?` : known.length > 0 ? `Known are ${known.join(', ')}` : 'There is none: see whether --directory is right';
}

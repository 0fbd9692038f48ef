import type { Construct } from 'constructs';
import { fail } from '../values/errors';
import { show } from '../values/value-checks';

const FOLDERS = /^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/;

/** Folders of a repository, from its root, which may begin with a dot as `.github` does. They stand in shell commands without quotes. */
export function pipelineFolder(where: Construct | string, what: string, folder: string): string {
  if (typeof folder !== 'string' || !FOLDERS.test(folder) || folder.split('/').some((part) => /^\.{1,2}$|^-|\.$/.test(part))) {
    fail(where, `${what} ${show(folder)} is not folders joined by '/'`, "Write them from the root of the repository, such as 'pipelines/scripts'");
  }
  return folder;
}

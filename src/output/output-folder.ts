import { existsSync, rmdirSync, rmSync, writeFileSync } from 'fs';
import { dirname, join, posix } from 'path';
import { checkLinks, checkNames } from './file-checks';
import { changeAtOnce } from './folder-exchange';
import { FolderOwner } from './folder-owner';
import { withFolder } from './io-errors';
import type { Output } from './output';
import { isInside, makeFolder, move, realPath, textAt } from './paths';
import { createTemporaryFolder, removeLeftovers } from './temporary-folder';
import type { Finding } from '../checks/finding';

interface Change {
  /** The files to write; the record is the last of them. */
  readonly outputs: readonly Output[];
  /** What is written before, where a folder does not change at once. */
  readonly first: readonly Output[];
  readonly stale: readonly string[];
  readonly folders: readonly string[];
}

/**
 * The folder into which an app writes its manifests, all of them or none.
 */
export class OutputFolder {
  private readonly owner: FolderOwner;

  /**
   * @param folder its path
   * @param header what the first line of files of the app has, where people have files in the folder too. Without it the folder has a record of
   * the files that programs wrote.
   */
  constructor(private readonly folder: string, private readonly header?: string) {
    this.owner = new FolderOwner(folder, header);
  }

  /**
   * Fails if a file cannot have its name, would be lost to another of them, would replace that of another program, or would land outside
   * of the folder.
   */
  public check(outputs: readonly Output[]): void {
    withFolder(this.folder, () => {
      this.checkPlace();
      removeLeftovers(this.root);
      checkNames(outputs);
      checkLinks(this.folder, outputs);
      this.owner.check(outputs);
    });
  }

  /**
   * Writes the files, then removes those that the program wrote earlier and that are not among them.
   *
   * The folder changes at once where the file system can exchange it, and otherwise after all texts are on the disk. A file that would not
   * change is not touched. Fails before that where an output must not replace the file that is there.
   *
   * @param outputs checked files
   * @param folders folders to create in any case
   * @returns what somebody must do besides applying the files
   */
  public write(outputs: readonly Output[], folders: readonly string[] = []): Finding[] {
    return withFolder(this.folder, () => {
      const changed = outputs.filter(({ file, text }) => textAt(this.at(file)) !== text);
      const findings = this.findingsOf(changed);
      const stale = this.owner.stale(outputs);
      const record = this.owner.record(outputs, stale);
      const all = record && textAt(this.at(record.file)) !== record.text ? [...changed, record] : changed;
      if (all.length > 0 || stale.length > 0 || ['.', ...folders].some((folder) => !existsSync(this.at(folder)))) {
        // where files change one after the other, the record has both the new and the stale ones in the meantime
        const first = record && stale.length > 0 ? this.owner.record(outputs, []) : record;
        this.change({ outputs: all, first: first ? [first] : [], stale, folders });
      }
      this.owner.claim(outputs);
      return findings;
    });
  }

  private get root(): string {
    return realPath(this.folder);
  }

  private checkPlace(): void {
    const [root, working] = [this.root, realPath(process.cwd())];
    if (this.header === undefined && (root === dirname(root) || (root !== working && isInside(root, working)))) {
      throw new Error(`[App] outdir '${this.folder}' ${root === dirname(root) ? 'is the root of the file system' : `contains the working directory '${working}'`}. `
        + "Choose a folder of its own below the working directory, such as 'dist'.");
    }
  }

  /** What the outputs change in the files that are there. Fails if one of them must not be replaced. */
  private findingsOf(outputs: readonly Output[]): Finding[] {
    const changes = outputs.flatMap(({ file, owner, changes: compare }) => {
      const before = compare && textAt(this.at(file));
      return before === undefined ? [] : [{ owner, ...compare!(before) }];
    });
    const errors = changes.flatMap(({ owner, refusals }) => refusals.map((problem) => `${owner} ${problem}`));
    if (errors.length > 0) {
      throw new Error(errors.join('\n'));
    }
    return changes.flatMap(({ findings }) => findings);
  }

  private change({ outputs, first, stale, folders }: Change): void {
    const { root } = this;
    const temporary = createTemporaryFolder(root);
    try {
      const makeFolders = (folder: string) => (
        ['.', ...folders, ...new Set(outputs.map(({ file }) => posix.dirname(file)))].forEach((each) => makeFolder(join(folder, each))));
      const isInUse = this.header !== undefined || isInside(root, realPath(process.cwd())) || isInside(root, temporary);
      if (isInUse || !changeAtOnce(root, temporary, (folder) => {
        makeFolders(folder);
        outputs.forEach((output) => replace(output, join(folder, output.file)));
        stale.forEach((file) => removeFile(folder, file));
      })) {
        const staged = [...first, ...outputs].map(({ file, text }, index) => ({ file, text, part: join(temporary, `${index}`) }));
        staged.forEach(({ text, part }) => writeFileSync(part, text));
        makeFolders(root);
        staged.slice(0, -1).forEach(({ file, part }) => move(part, join(root, file)));
        stale.forEach((file) => removeFile(root, file));
        staged.slice(-1).forEach(({ file, part }) => move(part, join(root, file)));
      }
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  }

  private at(file: string): string {
    return `${this.folder}/${file}`;
  }
}

/** A new file, because the old one is a hard link to that of the folder that is still in use. */
function replace({ text }: Output, file: string): void {
  rmSync(file, { force: true });
  writeFileSync(file, text);
}

/** Removes a file, and the folders that held nothing else. */
function removeFile(root: string, file: string): void {
  rmSync(join(root, file), { force: true });
  for (let folder = posix.dirname(file); folder !== '.'; folder = posix.dirname(folder)) {
    try {
      rmdirSync(join(root, folder));
    } catch {
      // it holds other files, or a link leads to it
      return;
    }
  }
}

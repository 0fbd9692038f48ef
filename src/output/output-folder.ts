import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmdirSync, rmSync, writeFileSync } from 'fs';
import { basename, dirname, join, posix, resolve } from 'path';
import { isInside, move, resolveLink } from './paths';

/**
 * A file to write: its place below the output folder, its text, and whose it is, for errors.
 */
export interface Output {
  /** Relative to the output folder, parts separated by `/`. */
  readonly file: string;
  readonly text: string;
  /** Such as `[prod/checkout]`. */
  readonly owner: string;
  /** What keeps it from replacing a file that is there, by the text of that. */
  readonly obstacles?: (before: string) => string[];
}

const RESERVED = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/i;

/** The files of this process and their writers: what one app wrote is not stale for another in the same folder. */
const writers = new Map<string, symbol>();

/**
 * What keeps a relative file name from being used on every operating system, if anything.
 */
export function checkFileName(file: string): string | undefined {
  for (const part of file.split('/')) {
    if (part === '') {
      return 'has an empty part or begins with a slash';
    }
    if (part === '.' || part === '..') {
      return `leaves its folder by '${part}'`;
    }
    const foreign = /[^A-Za-z0-9._-]/.exec(part);
    if (foreign) {
      return `contains ${JSON.stringify(foreign[0])}, expected letters, digits, '-', '_' and '.'`;
    }
    if (RESERVED.test(part.split('.')[0])) {
      return `uses '${part.split('.')[0]}', a name that Windows reserves`;
    }
    if (part.endsWith('.')) {
      return 'has a part that ends with a dot, which Windows drops';
    }
    if (part.length > 255) {
      return `has a part of ${part.length} characters, expected at most 255`;
    }
  }
  return undefined;
}

/**
 * The folder into which an app writes its manifests, all of them or none.
 */
export class OutputFolder {
  private readonly writer = Symbol();
  private readonly realFolders = new Map<string, string>();

  /**
   * @param extension what files of the app end with, undefined if with anything
   * @param header what the first line of files of the app holds, where other people have files in the folder too
   */
  constructor(private readonly folder: string, private readonly extension: string | undefined, private readonly header?: string) {}

  /**
   * Fails if a file cannot have its name, would be lost to another of them, or would land outside of the folder.
   */
  public check(outputs: readonly Output[]): void {
    const owners = new Map<string, Output>();
    for (const output of outputs) {
      const problem = checkFileName(output.file);
      if (problem) {
        throw new Error(`${output.owner} output file '${output.file}' ${problem}. Rename the construct or its OutputFile.`);
      }
      const key = output.file.toLowerCase();
      const other = owners.get(key);
      if (other) {
        throw new Error(`${output.owner} output file '${output.file}' would overwrite '${other.file}' of ${other.owner}. Rename one of them.`);
      }
      owners.set(key, output);
    }
    for (const output of outputs) {
      const parts = output.file.toLowerCase().split('/');
      for (let length = 1; length < parts.length; length++) {
        const other = owners.get(parts.slice(0, length).join('/'));
        if (other) {
          throw new Error(`${output.owner} output file '${output.file}' needs a folder where ${other.owner} writes the file '${other.file}'. `
            + 'Rename one of them.');
        }
      }
    }
    this.checkLinks(outputs);
    const foreign = outputs.find(({ file }) => existsSync(this.at(file)) && !this.isOurs(this.at(file)));
    if (foreign) {
      throw new Error(`${foreign.owner} output file '${foreign.file}' would overwrite '${this.at(foreign.file)}', which does not begin with '${this.header}', `
        + 'so somebody else wrote it. Move it away or remove it.');
    }
  }

  /**
   * Writes the files, then removes those with the extension of the app that are not among them.
   *
   * All texts are on the disk before the first file of the folder is touched. A file that would not change is not. Fails before that
   * where an output must not replace the file that is there.
   *
   * @param outputs checked files
   * @param folders folders to create in any case
   */
  public write(outputs: readonly Output[], folders: readonly string[] = []): void {
    const changed = outputs.filter((output) => !this.holds(output));
    this.checkReplaced(changed);
    if (changed.length > 0) {
      const temporary = this.createTemporaryFolder();
      try {
        changed.forEach((output, index) => writeFileSync(`${temporary}/${index}`, output.text));
        new Set(changed.map((output) => posix.dirname(output.file))).forEach((folder) => this.createFolder(folder));
        changed.forEach((output, index) => move(`${temporary}/${index}`, this.at(output.file)));
      } finally {
        rmSync(temporary, { recursive: true, force: true });
      }
    }
    ['.', ...folders].forEach((folder) => this.createFolder(folder));
    this.realFolders.clear();
    const files = new Set(outputs.map((output) => this.realPath(output.file)));
    files.forEach((file) => writers.set(file, this.writer));
    this.removeStale(files);
  }

  private checkReplaced(outputs: readonly Output[]): void {
    const errors = outputs.flatMap(({ file, owner, obstacles }) => obstacles && existsSync(this.at(file))
      ? obstacles(readFileSync(this.at(file), 'utf8')).map((problem) => `${owner} ${problem}`) : []);
    if (errors.length > 0) {
      throw new Error(errors.join('\n'));
    }
  }

  /** Whether the app, or an earlier run of it, wrote a file that is there. */
  private isOurs(file: string): boolean {
    return this.header === undefined || readFileSync(file, 'utf8').split('\n', 1)[0].includes(this.header);
  }

  private at(file: string): string {
    return `${this.folder}/${file}`;
  }

  private createFolder(folder: string): void {
    mkdirSync(this.at(folder), { recursive: true });
  }

  /** Whether a file has its text already: file systems take longer to replace files than to read them. */
  private holds(output: Output): boolean {
    const file = this.at(output.file);
    return existsSync(file) && readFileSync(file, 'utf8') === output.text;
  }

  /** Where a written file stands, so that it is found again behind a link. */
  private realPath(file: string): string {
    const folder = posix.dirname(file);
    const real = this.realFolders.get(folder) ?? realpathSync(this.at(folder));
    this.realFolders.set(folder, real);
    return join(real, posix.basename(file));
  }

  private checkLinks(outputs: readonly Output[]): void {
    if (!existsSync(this.folder)) {
      return;
    }
    const root = realpathSync(this.folder);
    const seen = new Set<string>();
    for (const output of outputs) {
      const parts = output.file.split('/');
      for (let length = 1; length <= parts.length; length++) {
        const place = parts.slice(0, length).join('/');
        const full = this.at(place);
        const status = seen.has(place) ? undefined : lstatSync(full, { throwIfNoEntry: false });
        seen.add(place);
        if (status?.isSymbolicLink() && !isInside(root, resolveLink(full))) {
          throw new Error(`${output.owner} output file '${output.file}' would be written through '${full}', a symbolic link out of `
            + `'${this.folder}'. Remove the link.`);
        }
        if (status?.isDirectory() && length === parts.length) {
          throw new Error(`${output.owner} output file '${output.file}' cannot be written, because '${full}' is a folder. Remove the folder.`);
        }
        if (status?.isFile() && length < parts.length) {
          throw new Error(`${output.owner} output file '${output.file}' cannot be written, because '${full}' is a file. Remove the file.`);
        }
      }
    }
  }

  /** Beside the folder, so that no reader of the folder meets half of the files. */
  private createTemporaryFolder(): string {
    const folder = resolve(this.folder);
    const parent = dirname(folder);
    mkdirSync(parent, { recursive: true });
    try {
      return mkdtempSync(join(parent, `.${basename(folder)}-`));
    } catch {
      // a mounted folder in a container: what is around it is not ours to write
      mkdirSync(folder, { recursive: true });
      return mkdtempSync(join(folder, '.synth-'));
    }
  }

  /** Keeps out of folders that hold more than manifests: the project itself, dependencies, repositories. */
  private removeStale(files: ReadonlySet<string>): void {
    const root = realpathSync(this.folder);
    const { extension } = this;
    if (extension === '' || isInside(root, realpathSync(process.cwd()))) {
      return;
    }
    const isStale = (file: string) => (
      (extension === undefined || file.endsWith(extension)) && !files.has(file)
      && (writers.get(file) ?? this.writer) === this.writer && this.isOurs(file));
    const visit = (folder: string) => {
      let left = 0;
      let removed = 0;
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const full = join(folder, entry.name);
        if (entry.isFile() && isStale(full)) {
          rmSync(full);
          removed++;
        } else if (entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.') && visit(full)) {
          rmdirSync(full);
          removed++;
        } else {
          left++;
        }
      }
      return left === 0 && removed > 0 && folder !== root;
    };
    visit(root);
  }
}

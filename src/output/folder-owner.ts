import { existsSync, lstatSync, readdirSync } from 'fs';
import { join, posix } from 'path';
import type { Output } from './output';
import { isProgram, OutputRecord, programAt, RECORD } from './output-record';
import { isInside, realPath, textAt } from './paths';
import { describe } from '../values/errors';

/** The files of this process and their writers: what one app wrote is not stale for another in the same folder. */
const writers = new Map<string, symbol>();

/**
 * Tells the files of a program from those of others: by a record in the folder, or by a first line.
 */
export class FolderOwner {
  private readonly writer = Symbol();
  private readonly realFolders = new Map<string, string>();

  constructor(private readonly folder: string, private readonly header: string | undefined) {}

  /** Fails if an output would replace a file that others wrote, or if the folder belongs to another program. */
  public check(outputs: readonly Output[]): void {
    if (this.header !== undefined) {
      const foreign = outputs.find(({ file }) => existsSync(this.at(file)) && !this.hasHeader(file));
      if (foreign) {
        throw new Error(`${foreign.owner} output file '${foreign.file}' would overwrite '${this.at(foreign.file)}', which does not begin with '${this.header}', `
          + 'so somebody else wrote it. Move it away or remove it.');
      }
      return;
    }
    const record = OutputRecord.read(this.folder);
    if (!record.isEmpty) {
      const program = programAt(this.root);
      outputs.forEach((output) => this.checkRecorded(record, program, output));
      this.checkUnnamed(record, program, outputs);
    }
  }

  /** The files that this program wrote earlier and does not write any more. */
  public stale(outputs: readonly Output[]): string[] {
    const files = new Set(outputs.map(({ file }) => this.realPath(file)));
    return this.earlier(outputs).filter((file) => {
      const real = this.realPath(file);
      return !files.has(real) && (writers.get(real) ?? this.writer) === this.writer && lstatSync(this.at(file), { throwIfNoEntry: false })?.isFile();
    });
  }

  /** The record of the folder after a change, if it has one. */
  public record(outputs: readonly Output[], stale: readonly string[]): Output | undefined {
    if (this.header !== undefined) {
      return undefined;
    }
    const record = OutputRecord.read(this.folder);
    const gone = this.earlier(outputs).filter((file) => stale.includes(file) || !existsSync(this.at(file)));
    const next = record.with(this.programOf(record, outputs), outputs.map(({ file }) => file), gone);
    return next.isEmpty && record.isEmpty ? undefined : { file: RECORD, text: `${next}`, owner: '[App]' };
  }

  /** Remembers what this app wrote. */
  public claim(outputs: readonly Output[]): void {
    outputs.forEach(({ file }) => writers.set(this.realPath(file), this.writer));
  }

  private earlier(outputs: readonly Output[]): string[] {
    if (this.header !== undefined) {
      return this.filesWithHeader();
    }
    const record = OutputRecord.read(this.folder);
    const program = this.programOf(record, outputs);
    const others = new Set(outputs.flatMap(({ file }) => record.programOf(file) ?? []));
    return [...new Set([program, ...others])].flatMap((each) => record.filesOf(each));
  }

  /** The name under which the record lists the files: where the program has none, that of the program whose files it writes. */
  private programOf(record: OutputRecord, outputs: readonly Output[]): string {
    const program = programAt(this.root);
    return program !== '' ? program : outputs.flatMap(({ file }) => record.programOf(file) ?? []).sort().at(-1) ?? '';
  }

  private checkRecorded(record: OutputRecord, program: string, { file, text, owner }: Output): void {
    const writer = record.programOf(file);
    if (writer !== undefined && (program === '' || writer === '' || writer === program)) {
      return;
    }
    const before = textAt(this.at(file));
    if (before === undefined || (writer === undefined && before === text)) {
      return;
    }
    if (writer === undefined) {
      throw new Error(`${owner} ${describe(`output file '${file}' would overwrite '${this.at(file)}', which '${this.at(RECORD)}' does not list, so somebody else wrote it`,
        'Move it away or remove it')}`);
    }
    if (isProgram(this.root, writer)) {
      throw new Error(`${owner} ${describe(`output file '${file}' would overwrite '${this.at(file)}', which the program '${writer}' wrote`,
        'Give each program an outdir of its own')}`);
    }
  }

  /** Where no program has a name, one that writes none of the recorded files is another one. */
  private checkUnnamed(record: OutputRecord, program: string, outputs: readonly Output[]): void {
    if (program !== '' || outputs.length === 0 || outputs.some(({ file }) => record.programOf(file) !== undefined)) {
      return;
    }
    const unnamed = record.filesOf('').filter((file) => existsSync(this.at(file)) && !writers.has(this.realPath(file)));
    if (unnamed.length > 0) {
      throw new Error(`[App] ${describe(`the output folder '${this.folder}' has '${unnamed[0]}' of another synthesis, which this program does not write`,
        'Give each program an outdir of its own. If this program wrote it earlier, remove the folder')}`);
    }
  }

  private hasHeader(file: string): boolean {
    return (textAt(this.at(file)) ?? '').split('\n', 1)[0].includes(this.header!);
  }

  private filesWithHeader(): string[] {
    const visit = (folder: string): string[] => readdirSync(this.at(folder), { withFileTypes: true }).flatMap((entry) => {
      const file = posix.join(folder, entry.name);
      if (entry.isDirectory()) {
        return entry.name === 'node_modules' || entry.name.startsWith('.') ? [] : visit(file);
      }
      return entry.isFile() && this.hasHeader(file) ? [file] : [];
    });
    // keeps out of folders that have more than output: the project itself, dependencies, repositories
    return existsSync(this.folder) && !isInside(this.root, realPath(process.cwd())) ? visit('.') : [];
  }

  private get root(): string {
    return realPath(this.folder);
  }

  /** Where a file is, so that it is found again behind a link. */
  private realPath(file: string): string {
    const folder = posix.dirname(file);
    const real = this.realFolders.get(folder) ?? realPath(this.at(folder));
    this.realFolders.set(folder, real);
    return join(real, posix.basename(file));
  }

  private at(file: string): string {
    return `${this.folder}/${file}`;
  }
}

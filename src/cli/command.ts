/** What a command says, and how it ends. */
export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command of the command line. */
export interface Command {
  /** What to write after the name of the program, such as `release set`. */
  readonly name: string;
  readonly usage: string;
  /** The names of its options, each of which takes a value. */
  readonly options: readonly string[];
  /** Runs it; a text says why its arguments are not understood. */
  readonly run: (operands: readonly string[], options: { readonly [name: string]: string | undefined }) => Outcome | string;
}

import { parseArgs } from 'util';
import { setRelease } from './release';
import { nearest } from '../values/errors';
import { show } from '../values/value-checks';

/** What a command says, and how it ends: 0 if it did what it was told, 1 if it could not, 2 if it was not understood. */
export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const USAGE = `Usage: cdk8s-microservices release set <service> <environment> <version> [--directory <folder>]

Writes a version into <folder>/<group>/<service>/<environment>/tag.yaml, and keeps its comments.

  <version>    a tag such as 1.4.2, a digest such as sha256:28b8..., or both as 1.4.2@sha256:28b8...
  --directory  the folder of values files, from the working directory; 'applications' if it is not given
  --help       this text
`;

const OPTIONS = { directory: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;
const DIRECTORY = 'applications';
/** As shells and most commands end that do not understand their arguments. */
const MISUNDERSTOOD = 2;
const OPERANDS = ['<service>', '<environment>', '<version>'];

/** Runs the command line without the names of Node and of the program. */
export function run(args: readonly string[]): Outcome {
  const { values, positionals, tokens } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: false, tokens: true });
  if (values.help) {
    return { status: 0, stdout: USAGE, stderr: '' };
  }
  for (const token of tokens) {
    if (token.kind === 'option' && !Object.hasOwn(OPTIONS, token.name)) {
      const near = nearest(token.name, Object.keys(OPTIONS));
      return misunderstood(`unknown option ${show(token.rawName)}.${near ? ` Did you mean '--${near}'?` : ''}`);
    }
  }
  const { directory = DIRECTORY } = values;
  if (typeof directory !== 'string' || directory === '') {
    return misunderstood('--directory needs a folder.');
  }
  const [command, verb, ...operands] = positionals;
  if (command !== 'release' || verb !== 'set') {
    return misunderstood(positionals.length === 0 ? 'a command is missing.' : `unknown command ${show(positionals.slice(0, 2).join(' '))}.`);
  }
  if (operands.length !== OPERANDS.length) {
    const [missing] = OPERANDS.slice(operands.length);
    return misunderstood(missing ? `${missing} is missing.` : `${show(operands[OPERANDS.length])} is one word too many.`);
  }
  const [service, environment, version] = operands;
  try {
    return { status: 0, stdout: `${setRelease({ directory, service, environment, version })}\n`, stderr: '' };
  } catch (error) {
    return { status: 1, stdout: '', stderr: `${(error as Error).message}\n` };
  }
}

function misunderstood(problem: string): Outcome {
  return { status: MISUNDERSTOOD, stdout: '', stderr: `${problem}\n\n${USAGE}` };
}

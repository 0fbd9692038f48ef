import { Command, CommanderError } from 'commander';
import { addCheck } from './check-command';
import { FAILED, OK, type Outcome, type Surroundings } from './command';
import { addDiff } from './diff-command';
import { addReach } from './reach-command';
import { addRelease } from './release-command';
import { packageVersion } from '../inputs/package-version';

/** As wide as help gets, whatever the terminal. */
const HELP_WIDTH = 120;

/**
 * Runs the command line without the names of Node and of the program.
 */
export function run(args: readonly string[], surroundings: Surroundings = {}): Outcome {
  const outcome = { status: OK, stdout: '', stderr: '' };
  const program = new Command('cdk8s-microservices')
    .description('Judges Kubernetes manifests, and sets the releases of a platform.')
    .version(packageVersion(), '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => { outcome.stdout += text; },
      writeErr: (text) => { outcome.stderr += text; },
      getOutHelpWidth: () => HELP_WIDTH,
      getErrHelpWidth: () => HELP_WIDTH,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError();
  for (const add of [addCheck, addDiff, addReach, addRelease]) {
    add(program, (end) => Object.assign(outcome, end), surroundings);
  }
  try {
    program.parse(args, { from: 'user' });
    return outcome;
  } catch (error) {
    return error instanceof CommanderError ? { ...outcome, status: error.exitCode === OK ? OK : FAILED }
      : { status: FAILED, stdout: '', stderr: `${(error as Error).message}\n` };
  }
}

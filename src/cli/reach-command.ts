import { Option } from 'commander';
import { type AddCommand, example, FOUND, OK } from './command';
import { readConnection } from './connection';
import { decisionText, differenceText, matrixText } from './reach-text';
import { PROTOCOLS } from '../graph/ports';
import { Reachability } from '../graph/reachability';
import { manifestFiles } from '../inputs/manifest-files';
import { ManifestSet } from '../manifests/manifest-set';
import { fail } from '../values/errors';

interface Options {
  readonly manifests: string[];
  readonly protocol: (typeof PROTOCOLS)[number];
  readonly matrix?: boolean;
  readonly since?: string[];
}

/** The command that answers who reaches whom. */
export const addReach: AddCommand = (program, end) => {
  program.command('reach')
    .summary('tell which pods network policies connect')
    .description(`Tells whether network policies let one workload reach another, and which policy decides. Ends with 0 if they do, with 1 otherwise.

Evaluates NetworkPolicies and CiliumNetworkPolicies at both ends. Ports are those of pods, not those of Services.`)
    .argument('[from]', 'a workload as <name> or <namespace>/<name>, or an IP address')
    .argument('[to]', 'likewise, with a port, such as order:9000')
    .option('-m, --manifests <path...>', 'files of YAML or JSON, folders of such files, or - for standard input', ['dist'])
    .addOption(new Option('--protocol <name>', 'the protocol').choices(PROTOCOLS).default(PROTOCOLS[0]))
    .option('--matrix', 'print all connections that are open between workloads')
    .option('--since <path...>', 'print which connections these older manifests did not open, or opened')
    .addHelpText('after', example('reach checkout order:9000 --manifests dist/prod', 'reach --matrix', 'reach --since old/dist'))
    .action((from: string | undefined, to: string | undefined, { manifests, protocol, matrix, since }: Options) => {
      const reachability = reachabilityOf(manifests);
      if (since) {
        const { text, differs } = differenceText(reachabilityOf(since), reachability);
        end({ status: differs ? FOUND : OK, stdout: text });
      } else if (matrix) {
        end({ stdout: matrixText(reachability) });
      } else {
        const connection = readConnection(reachability, from ?? missing('from'), to ?? missing('to'), protocol);
        const { text, allowed } = decisionText(reachability, connection);
        end({ status: allowed ? OK : FOUND, stdout: text });
      }
    });
};

function reachabilityOf(paths: readonly string[]): Reachability {
  return Reachability.of(ManifestSet.parse(manifestFiles(paths)));
}

function missing(end: string): never {
  return fail('reach', `the argument '${end}' is missing`, 'Name two workloads, or add --matrix or --since');
}

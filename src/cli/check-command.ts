import { InvalidArgumentError, Option } from 'commander';
import { type AddCommand, example, FOUND, OK } from './command';
import { BUILT_IN_RULES } from '../checks/built-in-rules';
import { isDay } from '../checks/checks';
import { judge } from '../checks/judge';
import { Severity } from '../checks/severity';
import { manifestFiles } from '../inputs/manifest-files';
import { ManifestSet } from '../manifests/manifest-set';

/** The command that checks files. */
export const addCheck: AddCommand = (program, end, { systemDay }) => {
  program.command('check')
    .summary('check manifests by rules')
    .description('Checks manifests by the rules of this library that read manifests. Ends with 0 without errors and warnings, with 1 otherwise.')
    .argument('<path...>', 'a file of YAML or JSON, a folder of such files, or - for standard input')
    .addOption(new Option('--today <day>', 'the day by which acknowledgements expire and images are old, such as 2026-11-30')
      .argParser(day).default(systemDay, 'today'))
    .addHelpText('after', example('check dist', 'check - < manifests.yaml'))
    .action((paths: string[], { today }: { readonly today?: string }) => {
      const manifests = ManifestSet.parse(manifestFiles(paths));
      const report = judge(manifests, BUILT_IN_RULES, undefined, today);
      const isBad = report.findings.some(({ rule }) => rule.severity !== Severity.INFO);
      end({ status: isBad ? FOUND : OK, stdout: `${report}` || `No findings in ${manifests.all.length} manifests.\n` });
    });
};

function day(text: string): string {
  if (!isDay(text)) {
    throw new InvalidArgumentError('Write a day such as 2026-11-30.');
  }
  return text;
}

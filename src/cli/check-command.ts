import type { Command } from './command';
import { BUILT_IN_RULES } from '../checks/built-in-rules';
import { isDay } from '../checks/checks';
import { judge } from '../checks/judge';
import { Severity } from '../checks/severity';
import { manifestFiles } from '../inputs/manifest-files';
import { ManifestSet } from '../manifests/manifest-set';
import { show } from '../values/value-checks';

/** Files that cannot be read are no finding. */
const UNREADABLE = 2;

/**
 * The command that checks files. Ends with 1 if there is an error or a warning.
 *
 * @param systemDay the day of the computer's clock
 */
export function checkCommand(systemDay: string | undefined): Command {
  return {
    name: 'check',
    usage: `Usage: cdk8s-microservices check <path>... [--today <day>]

Checks manifests by the rules of this library that read manifests. Ends with 0 without errors and warnings, with 1 otherwise.

  <path>       a file of YAML or JSON, or a folder of such files
  --today      the day by which acknowledgements expire and images are old, such as 2026-11-30; today if it is not given
`,
    options: ['today'],
    run: (paths, { today = systemDay }) => {
      if (today !== undefined && !isDay(today)) {
        return `--today needs a day such as 2026-11-30, got ${show(today)}.`;
      }
      if (paths.length === 0) {
        return '<path> is missing.';
      }
      try {
        const manifests = ManifestSet.parse(manifestFiles(paths));
        const report = judge(manifests, BUILT_IN_RULES, undefined, today);
        const isBad = report.findings.some(({ rule }) => rule.severity !== Severity.INFO);
        return { status: isBad ? 1 : 0, stdout: `${report}` || `No findings in ${manifests.all.length} manifests.\n`, stderr: '' };
      } catch (error) {
        return { status: UNREADABLE, stdout: '', stderr: `${(error as Error).message}\n` };
      }
    },
  };
}

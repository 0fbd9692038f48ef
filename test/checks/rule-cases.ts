import { BUILT_IN_RULES } from '../../src/checks/built-in-rules';
import { judge } from '../../src/checks/judge';
import { ManifestSet } from '../../src/manifests/manifest-set';

/** Manifests that break a rule, what the whole report says of them, and manifests that keep it. */
export interface RuleCase {
  readonly breaks: string;
  readonly report: string;
  readonly keeps: string;
}

/** The report about a file of manifests, by all rules of the library. */
export function reportOf(yaml: string): string {
  return judge(ManifestSet.parse({ 'm.yaml': yaml }), BUILT_IN_RULES).toString();
}

/** The report of one rule alone. */
function reportOn(id: string, yaml: string): string {
  return judge(ManifestSet.parse({ 'm.yaml': yaml }), BUILT_IN_RULES.filter((rule) => rule.id === id)).toString();
}

/** Tests each rule by its id. */
export function testRules(cases: { readonly [id: string]: RuleCase }): void {
  describe.each(Object.entries(cases))('%s', (id, { breaks, report, keeps }) => {
    test('finds manifests that break it', () => {
      expect(reportOn(id, breaks)).toBe(report);
    });

    test('finds nothing in manifests that keep it', () => {
      expect(reportOn(id, keeps)).toBe('');
    });
  });
}

import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { allRules, idsInSources } from '../../scripts/rules';
import { BUILT_IN_RULES } from '../../src/checks/built-in-rules';
import { Checks } from '../../src/checks/checks';
import { judge } from '../../src/checks/judge';
import type { IRule } from '../../src/checks/rule';
import { Severity } from '../../src/checks/severity';
import { ManifestSet } from '../../src/manifests/manifest-set';
import { App } from '../../src/platform/app';

const OWNER: IRule = {
  id: 'ACME-OWNER-001',
  severity: Severity.WARNING,
  why: 'Without the label owner, alerts reach no team.',
  fix: 'Add the label owner.',
  check: (manifests) => manifests.of('ConfigMap').filter(({ labels }) => labels.owner === undefined).map((manifest) => ({ manifest, field: '/metadata/labels' })),
};
const DECISION = { id: 'ACME-RISK-001', severity: Severity.INFO, why: 'A team takes a risk.', fix: 'Nothing to do.' };
const HEAD = 'ACME-OWNER-001 warning';
const TEXT = 'Without the label owner, alerts reach no team. Add the label owner.';

/** Two charts with an object each that has no owner. */
function program(): { app: App; one: Chart; two: Chart } {
  const app = new App();
  const [one, two] = ['one', 'two'].map((id) => {
    const chart = new Chart(app, id);
    new ApiObject(new Construct(chart, 'part'), 'Settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id } });
    return chart;
  });
  return { app, one, two };
}

describe('a rule of your own', () => {
  test('is for everything below its construct', () => {
    const { app, one } = program();
    Checks.of(one).add(OWNER);
    expect(`${Checks.of(app).report()}`).toBe(`${HEAD} (1): ${TEXT}\n  [one/part/Settings] /metadata/labels\n`);
    Checks.of(app).add(OWNER);
    expect(`${Checks.of(app).report()}`).toBe(`${HEAD} (2): ${TEXT}\n  [one/part/Settings] /metadata/labels\n  [two/part/Settings] /metadata/labels\n`);
  });

  test('sees all manifests of the app', () => {
    const { app, one } = program();
    Checks.of(one).add({ ...OWNER, check: (manifests) => manifests.of('ConfigMap').slice(0, 1).map((manifest) => ({ manifest, problem: `is one of ${manifests.all.length}` })) });
    expect(Checks.of(app).report().findings.map(({ problem }) => problem)).toEqual(['is one of 2']);
  });

  test('stops synthesis if it is an error, and every place is named', () => {
    const { app } = program();
    Checks.of(app).add({ ...OWNER, severity: Severity.ERROR });
    expect(() => app.synth()).toThrow(new Error(`Validation failed with the following errors:
  [one/part/Settings] /metadata/labels: ${TEXT}
  [two/part/Settings] /metadata/labels: ${TEXT}`));
  });
});

test('a decision of the program is reported as what rules find is', () => {
  const { app, one } = program();
  Checks.of(one).record(DECISION);
  Checks.of(app).record(DECISION, 'goes live on a Friday');
  Checks.of(app).record(DECISION, 'goes live on a Friday');
  expect(`${Checks.of(app).report()}`).toBe('ACME-RISK-001 info (2): A team takes a risk. Nothing to do.\n  [App] goes live on a Friday\n  [one]\n');
});

test('a report has errors first, then warnings, then information, each rule by its id', () => {
  const { app } = program();
  for (const [id, severity] of [['B', Severity.INFO], ['D', Severity.ERROR], ['C', Severity.WARNING], ['A', Severity.WARNING]] as const) {
    Checks.of(app).record({ ...DECISION, id, severity });
  }
  const report = Checks.of(app).report();
  expect(report.findings.map(({ rule }) => rule.id)).toEqual(['D', 'A', 'C', 'B']);
  expect(report.of(Severity.WARNING).map(({ rule }) => rule.id)).toEqual(['A', 'C']);
});

describe('an acknowledgement', () => {
  const UNUSED = 'MS-CHECK-001 warning (1): An acknowledgement silences no finding, so it would hide one that comes later. Remove it, or correct the id of its rule.';
  const EXPIRED = 'MS-CHECK-002 warning (1): An acknowledgement has expired, so it silences nothing any more. Fix what it silenced, or decide again and write a later day.';

  test('silences its rule below its construct', () => {
    const { app, one } = program();
    Checks.of(app).add(OWNER);
    Checks.of(one).acknowledge('ACME-OWNER-001', { reason: 'nobody owns it' });
    expect(`${Checks.of(app).report()}`).toBe(`${HEAD} (1): ${TEXT}\n  [two/part/Settings] /metadata/labels\n`);
    Checks.of(app).acknowledge('ACME-OWNER-001', { reason: 'not yet' });
    expect(`${Checks.of(app).report()}`).toBe('');
  });

  test('does not reach a construct whose path only begins alike', () => {
    const { app } = program();
    Checks.of(new Construct(app, 'tw')).acknowledge('ACME-OWNER-001', { reason: 'a typing error' });
    Checks.of(app).add(OWNER);
    expect(`${Checks.of(app).report()}`).toBe(`${HEAD} (2): ${TEXT}\n  [one/part/Settings] /metadata/labels\n  [two/part/Settings] /metadata/labels\n${UNUSED}\n  [tw] ACME-OWNER-001: a typing error\n`);
  });

  test('of an error lets synthesis go on', () => {
    const { app } = program();
    Checks.of(app).add({ ...OWNER, severity: Severity.ERROR });
    Checks.of(app).acknowledge('ACME-OWNER-001', { reason: 'not yet' });
    expect(Checks.of(app).report().of(Severity.ERROR)).toEqual([]);
  });

  test('that silences nothing is a finding', () => {
    const { app, one } = program();
    Checks.of(one).acknowledge('ACME-OWNER-001', { reason: 'nobody owns it', until: '2026-11-30' });
    expect(`${Checks.of(app).report()}`).toBe(`${UNUSED}\n  [one] ACME-OWNER-001 until 2026-11-30: nobody owns it\n`);
  });

  test.each([
    ['on its last day', '2026-11-30', ''],
    ['without a day to judge it by', undefined, ''],
    ['on the day after', '2026-12-01', `${HEAD} (2): ${TEXT}\n  [one/part/Settings] /metadata/labels\n  [two/part/Settings] /metadata/labels\n${EXPIRED}\n  [App] ACME-OWNER-001 until 2026-11-30: not yet\n`],
  ])('with a last day is judged %s', (_when, today, report) => {
    const { app } = program();
    Checks.of(app).add(OWNER);
    Checks.of(app).acknowledge('ACME-OWNER-001', { reason: 'not yet', until: '2026-11-30' });
    expect(`${Checks.of(app).report({ today })}`).toBe(report);
  });

  test.each(['30.11.2026', '2026-11-31', '2026-11', 'soon'])('fails on a day that is none: %s', (until) => {
    const { one } = program();
    expect(() => Checks.of(one).acknowledge('ACME-OWNER-001', { reason: 'not yet', until })).toThrow(new Error(
      `[one] expected until of the acknowledgement of 'ACME-OWNER-001' to be a day, got '${until}'. Write it as '2027-06-30'.`));
  });

  test('fails without a reason', () => {
    const { one } = program();
    expect(() => Checks.of(one).acknowledge('ACME-OWNER-001', { reason: ' ' })).toThrow(new Error(
      "[one] the reason to acknowledge 'ACME-OWNER-001' is empty. Write at least one word."));
  });
});

describe('an annotation', () => {
  const report = (annotation: string, today?: string) => judge(ManifestSet.ofJson([{
    apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'order', annotations: { 'cdk8s-microservices/acknowledged': annotation } },
  }]), [OWNER], undefined, today).toString();

  test('acknowledges what rules find in its manifest', () => {
    expect(report('ACME-OWNER-001: nobody owns it')).toBe('');
    expect(report('ACME-OWNER-001 until 2026-11-30: not yet\n', '2026-11-30')).toBe('');
  });

  test('may expire, or silence nothing', () => {
    expect(report('ACME-OWNER-001 until 2026-11-30: not yet', '2026-12-01')).toContain('\n  ConfigMap/order ACME-OWNER-001 until 2026-11-30: not yet\n');
    expect(report('ACME-OWNER-001: nobody\nACME-OWNER-002: nobody')).toContain('\n  ConfigMap/order ACME-OWNER-002: nobody\n');
  });

  test('that cannot be read silences nothing', () => {
    expect(report('ACME-OWNER-001')).toMatch(/^ACME-OWNER-001 warning \(1\)/);
    expect(report('ACME-OWNER-001')).toContain('\n  ConfigMap/order ACME-OWNER-001: no reason\n');
  });
});

test('every rule of the library has an id of its own, and is in the documentation', () => {
  const ids = allRules().map(({ id }) => id);
  expect([...new Set(ids)]).toEqual(ids);
  expect(ids).toEqual(idsInSources());
  expect(ids).toEqual(expect.arrayContaining(BUILT_IN_RULES.map(({ id }) => id)));
});

test('every rule says why and what to do in sentences', () => {
  expect(allRules().filter(({ why, fix }) => !/^[A-Z].*\.$/.test(why) || !/^[A-Z].*\.$/.test(fix)).map(({ id }) => id)).toEqual([]);
});

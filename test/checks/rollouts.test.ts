import { reportOf, testRules } from './rule-cases';

const object = (kind: string, name: string, spec: string, apiVersion = 'argoproj.io/v1alpha1') => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}, namespace: shop }\nspec: ${spec}\n`;
const rollout = (strategy: string) => object('Rollout', 'order', `{ strategy: ${strategy} }`);
const SERVICE = `---\n${object('Service', 'order', '{}', 'v1')}`;
const weights = (...steps: (number | string)[]) => rollout(`{ canary: { steps: [${steps.map((step) => typeof step === 'number' ? `{ setWeight: ${step} }` : step).join(', ')}] } }`);
/** A Rollout with one analysis, and the template of that. */
const analysed = (metric: string, { args = '[]', declared = '[]', templates = '[{ templateName: health }]' } = {}) =>
  `${weights(50, `{ analysis: { templates: ${templates}, args: ${args} } }`, 100)}---\n${object('AnalysisTemplate', 'health', `{ args: ${declared}, metrics: [${metric}] }`)}`;
const PROMETHEUS = 'provider: { prometheus: { address: "http://prometheus:9090", query: up } }';
const metric = (rest = '', provider = PROMETHEUS) => `{ name: up, successCondition: len(result) > 0, consecutiveErrorLimit: 3, ${provider}${rest} }`;

testRules({
  'MS-ROLL-001': {
    breaks: rollout('{ blueGreen: { activeService: order, previewService: order-next } }') + SERVICE,
    report: 'MS-ROLL-001 error (1): A Rollout names a Service that its namespace does not define, so Argo Rollouts refuses it. Define the Service, or correct its name.\n'
      + "  m.yaml:1 names the Service 'order-next' as its previewService, and its namespace has no such Service (/spec/strategy/blueGreen/previewService)\n",
    keeps: rollout('{ canary: { stableService: order } }') + SERVICE,
  },
  'MS-ROLL-002': {
    breaks: [weights(10, 10, 100), weights(10, 50), rollout('{ canary: {} }')].join('---\n'),
    report: `MS-ROLL-002 error (3): The weights of a canary do not rise to 100. Make each step larger than the one before it, and the last 100.
  m.yaml:1 has the weights 10, 10, 100, which do not rise to 100 (/spec/strategy/canary/steps)
  m.yaml:6 has the weights 10, 50, which do not rise to 100 (/spec/strategy/canary/steps)
  m.yaml:11 has no weights, which do not rise to 100 (/spec/strategy/canary/steps)
`,
    keeps: `${weights(10, 50, 100)}---\n${rollout('{ blueGreen: { activeService: order } }')}`,
  },
  'MS-ROLL-003': {
    breaks: `${weights('{ pause: { duration: 5 minutes } }', 100)}---\n${analysed(metric(', interval: 0s, count: 3, initialDelay: soon'))}`,
    report: `MS-ROLL-003 error (3): A Rollout or its analysis waits for a text that is no duration, so Argo Rollouts refuses it. Write seconds as a number, or a text such as '5m'.
  m.yaml:1 waits for '5 minutes', which is no duration (/spec/strategy/canary/steps/0/pause/duration)
  m.yaml:11 waits for '0s', which is no duration (/spec/metrics/0/interval)
  m.yaml:11 waits for 'soon', which is no duration (/spec/metrics/0/initialDelay)
`,
    keeps: `${weights('{ pause: { duration: 5m } }', '{ pause: { duration: 300 } }', '{ pause: {} }', 100)}---\n${analysed(metric(', interval: 1m30s, count: 3'))}`,
  },
  'MS-ROLL-004': {
    breaks: [analysed(metric(), { templates: '[]' }), analysed(metric(), { templates: '[{ templateName: healht }]' })].join('---\n'),
    report: 'MS-ROLL-004 error (2): An analysis of a Rollout names no template that is defined, so it measures nothing. '
      + `Define the AnalysisTemplate or correct its name, or remove the analysis.
  m.yaml:1 has an analysis without a template (/spec/strategy/canary/steps/1/analysis)
  m.yaml:11 names the AnalysisTemplate 'healht', which its namespace does not define (/spec/strategy/canary/steps/1/analysis)
`,
    keeps: [analysed(metric()), analysed(metric(), { templates: '[{ templateName: everywhere, clusterScope: true }]' })].join('---\n'),
  },
  'MS-ROLL-005': {
    breaks: analysed(metric(), { declared: '[{ name: host }, { name: hash }, { name: port, value: "80" }]', args: '[{ name: host, value: x }, { name: hash }]' }),
    report: `MS-ROLL-005 error (1): A Rollout does not pass an argument that the template of an analysis needs, so no run of it begins. Pass it in args.
  m.yaml:1 does not pass the argument 'hash' to 'health' (/spec/strategy/canary/steps/1/analysis/args)
`,
    keeps: analysed(metric(), { declared: '[{ name: hash }]', args: '[{ name: hash, valueFrom: { podTemplateHashValue: Latest } }]' }),
  },
  'MS-ROLL-006': {
    breaks: analysed(metric('', PROMETHEUS.replace('query: up', 'query: "up{a=\'{{args.host}}\',b=\'{{args.hash}}\',c=\'{{ .Name }}\'}"')), { declared: '[{ name: host, value: x }]' }),
    report: `MS-ROLL-006 error (2): An AnalysisTemplate uses an argument that it does not declare, so no run of it begins. Declare it in args, or write no double braces.
  m.yaml:6 uses {{ .Name }}, which is none of its arguments (/spec/args)
  m.yaml:6 uses {{args.hash}}, which is none of its arguments (/spec/args)
`,
    keeps: analysed(metric('', PROMETHEUS.replace('query: up', 'query: "up{a=\'{{args.host}}\'}"')), { declared: '[{ name: host, value: x }]' }),
  },
  'MS-ROLL-007': {
    breaks: [
      analysed(metric(', interval: 30s')),
      analysed(metric(', interval: 30s, count: "{{args.measurements}}"'), { declared: '[{ name: measurements }]' }).replaceAll('health', 'other'),
    ].join('---\n'),
    report: 'MS-ROLL-007 error (2): A metric of an analysis never ends: it has an interval without a count, or Argo Rollouts, which reads templates before arguments, sees no count. '
      + `Set count, and give the argument in it a value in the template.
  m.yaml:6 has an interval and no count for the metric 'up' (/spec/metrics/0)
  m.yaml:16 counts the metric 'up' by the argument 'measurements', which has no value in the template (/spec/metrics/0/count)
`,
    keeps: analysed(metric(', interval: 30s, count: "{{args.measurements}}"'), { declared: '[{ name: measurements, value: "3" }]' }),
  },
  'MS-ROLL-008': {
    breaks: analysed(metric().replace('len(result) > 0', '"result[0] > 0"')),
    report: 'MS-ROLL-008 error (1): An analysis passes when Prometheus has no data at all, as when the name of a metric has changed. '
      + `Add a metric that needs data, by a successCondition such as 'len(result) > 0 && result[0] >= 0.999'.
  m.yaml:1 /spec/strategy/canary/steps/1/analysis
`,
    keeps: [analysed(metric()), analysed('{ name: smoke, provider: { job: {} } }').replaceAll('health', 'other')].join('---\n'),
  },
  'MS-ROLL-009': {
    breaks: analysed([metric(), metric()].join(', ')),
    report: `MS-ROLL-009 error (1): An analysis has two metrics with the same name, so Argo Rollouts refuses it. Give one of them another name.
  m.yaml:1 has two metrics with the name 'up' (/spec/strategy/canary/steps/1/analysis)
`,
    keeps: analysed([metric(), metric().replace('name: up', 'name: down')].join(', ')),
  },
  'MS-ROLL-010': {
    breaks: analysed([
      'provider: {}', 'provider: { prometheus: { address: a, query: up }, job: {} }', 'provider: { prometheus: { address: a, query: " " } }', 'provider: { prometheus: { query: up } }',
    ].map((provider, index) => metric('', provider).replace('name: up', `name: m${index}`)).join(', ')),
    report: `MS-ROLL-010 error (4): A metric of an analysis has no provider that could answer, so no run of it succeeds. Set one provider; for Prometheus, with an address and a query.
  m.yaml:6 has 0 providers for the metric 'm0' (/spec/metrics/0/provider)
  m.yaml:6 has 2 providers for the metric 'm1' (/spec/metrics/1/provider)
  m.yaml:6 has no address of Prometheus for the metric 'm3' (/spec/metrics/3/provider)
  m.yaml:6 has no query for Prometheus for the metric 'm2' (/spec/metrics/2/provider)
`,
    keeps: analysed(metric()),
  },
  'MS-ROLL-011': {
    breaks: analysed(metric().replace('successCondition: len(result) > 0, ', '')),
    report: `MS-ROLL-011 error (1): A metric of an analysis has no condition, so every answer of Prometheus is a success. Set successCondition.
  m.yaml:6 has no condition for the metric 'up' (/spec/metrics/0)
`,
    keeps: analysed(metric().replace('successCondition', 'failureCondition')),
  },
  'MS-ROLL-012': {
    breaks: analysed(metric().replace('consecutiveErrorLimit: 3, ', '')),
    report: `MS-ROLL-012 error (1): A metric of an analysis does not state how often Prometheus may fail to answer. Set consecutiveErrorLimit.
  m.yaml:6 has no consecutiveErrorLimit for the metric 'up' (/spec/metrics/0)
`,
    keeps: analysed(metric()),
  },
});

test('analyses of blue-green and in the background are checked as those in steps are', () => {
  const analysis = '{ templates: [] }';
  expect(reportOf([
    rollout(`{ blueGreen: { activeService: order, prePromotionAnalysis: ${analysis}, postPromotionAnalysis: ${analysis} } }`),
    rollout(`{ canary: { steps: [{ setWeight: 100 }], analysis: ${analysis} } }`),
  ].join('---\n').replaceAll('strategy:', 'replicas: 2, strategy:') + SERVICE)).toBe(`MS-ROLL-004 error (3): An analysis of a Rollout names no template that is defined, so it measures nothing. Define the AnalysisTemplate or correct its name, or remove the analysis.
  m.yaml:1 has an analysis without a template (/spec/strategy/blueGreen/postPromotionAnalysis)
  m.yaml:1 has an analysis without a template (/spec/strategy/blueGreen/prePromotionAnalysis)
  m.yaml:6 has an analysis without a template (/spec/strategy/canary/analysis)
`);
});

test('a template that no Rollout names is not checked', () => {
  expect(reportOf(object('AnalysisTemplate', 'trial', '{ metrics: [{ name: up }] }'))).toBe('');
});

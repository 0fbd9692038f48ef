import { chartTemplates } from './chart-templates';
import { ChartValues } from './chart-values';
import { valuesSchema } from './helm-values-schema';
import { helperTemplates } from './helpers';
import type { Parameterisation } from './parameterise';
import { type ChartObject, factsOf } from './service-facts';
import { valuesFiles } from './values-files';
import { WellKnownValues } from './well-known-values';
import type { ByEnvironment, Word } from './words';
import { toYaml } from '../../output/yaml';

/** A service as a chart is made of it. */
export interface ServiceChartDefinition {
  readonly service: string;
  readonly description: string;
  readonly version: string;
  /** The oldest version of Kubernetes that its environments are rendered for. */
  readonly kubernetesVersion: string;
  readonly objects: ByEnvironment<readonly ChartObject[]>;
  /** The objects of its test. */
  readonly test: ByEnvironment<readonly ChartObject[]>;
}

/** A chart: its files by their names, and its values. */
export interface ServiceChartFiles {
  readonly files: ReadonlyMap<string, string>;
  readonly values: ChartValues;
}

/** Says to people who open one of the files, and to the next synthesis, whose it is. */
export const HEADER = 'Made of manifests by cdk8s-microservices, and replaced at each synthesis. Change the program instead.';

const ENVIRONMENT = '.Values.environment';

/** The chart of a service. */
export function serviceChartFiles(definition: ServiceChartDefinition): ServiceChartFiles {
  const { service, objects, test } = definition;
  const environments = [...objects.keys()];
  const values = new ChartValues();
  const facts = factsOf(service, objects);
  addImage(values, facts);
  const wellKnown = new WellKnownValues(service, facts);
  const parameterisation: Parameterisation = { service, values, wellKnown, words: wordsOf(environments, wellKnown) };
  const templates = chartTemplates(objects, parameterisation);
  const tests = [...chartTemplates(test, parameterisation).values()].join('');
  values.add(['environment'], new Map(environments.map((environment) => [environment, environment])), 'the name of the environment');

  const { base, environments: own } = valuesFiles(environments, values.all);
  const files = new Map<string, string>();
  files.set('Chart.yaml', yaml(chartFile(definition)));
  files.set('values-base.yaml', yaml(base));
  for (const [environment, { values: its, tag }] of own) {
    files.set(`environments/${environment}/values.yaml`, yaml(its));
    files.set(`environments/${environment}/tag.yaml`, yaml(tag));
  }
  files.set('values.schema.json', schemaText(valuesSchema(HEADER, environments, values.all)));
  templates.forEach((text, name) => files.set(`templates/${name}.yaml`, `# ${HEADER}\n${text}`));
  files.set('templates/_helpers.tpl', `${templateComment()}${helperTemplates(service, [...templates.values(), tests])}`);
  files.set('templates/NOTES.txt', `${templateComment()}${notes(definition, tests !== '')}`);
  if (tests !== '') {
    files.set('templates/tests/health.yaml', `# ${HEADER}\n${tests}`);
  }
  return { files, values };
}

function addImage(values: ChartValues, facts: ReturnType<typeof factsOf>): void {
  for (const part of ['repository', 'tag', 'digest'] as const) {
    const said = [...facts].flatMap(([environment, { image }]): [string, string][] => (
      image?.[part] === undefined ? [] : [[environment, image[part]]]));
    if (said.length > 0) {
      values.add(['image', part], new Map(said), `the ${part} of the image`);
    }
  }
}

function wordsOf(environments: readonly string[], wellKnown: WellKnownValues): Word[] {
  const run = wellKnown.run();
  const environment: Word = { action: ENVIRONMENT, texts: new Map(environments.map((name) => [name, name])), whole: false };
  return [...run ? [run] : [], ...environments.length > 1 ? [environment] : []];
}

function chartFile({ service, description, version, kubernetesVersion }: ServiceChartDefinition): object {
  return { apiVersion: 'v2', name: service, description, type: 'application', version, kubeVersion: `>=${kubernetesVersion}.0-0` };
}

function notes({ service, objects }: ServiceChartDefinition, hasTest: boolean): string {
  const namespaces = [...objects].map(([environment, [{ metadata }]]) => (
    `{{- if eq ${ENVIRONMENT} "${environment}" }}${metadata.namespace}{{ end -}}`));
  return `{{- define "${service}.namespace" -}}\n${namespaces.join('\n')}\n{{- end -}}
${service} in the environment {{ ${ENVIRONMENT} }} is in the namespace {{ include "${service}.namespace" . }}:

  kubectl get all -n {{ include "${service}.namespace" . }} -l app=${service}
${hasTest ? `
To ask it whether it is ready:

  helm test {{ .Release.Name }} -n {{ .Release.Namespace }}
` : ''}`;
}

function yaml(content: object): string {
  return `# ${HEADER}\n${toYaml(content, 'HelmCharts')}`;
}

/** The comment stands in the first line, where the next synthesis looks for it. */
function schemaText(schema: object): string {
  return `${JSON.stringify(schema, undefined, INDENT).replace(/^\{\n\s*/, '{ ')}\n`;
}

const INDENT = '  ';

function templateComment(): string {
  return `{{- /* ${HEADER} */ -}}\n`;
}

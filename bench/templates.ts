import * as fs from 'fs';
import * as path from 'path';
import { loadAll } from 'js-yaml';
import { runScenario } from './process';
import { GROUP_SIZE } from './scenarios/group-size';

const ENVIRONMENTS = ['dev', 'staging', 'prod'];

/** A rendered file of one group, in each environment. */
interface GroupFile {
  /** `namespace`, or the name of a service. */
  readonly name: string;
  readonly texts: readonly string[];
}

/** The manifests of one group, as the library renders them: what both templates are made of. */
function renderGroup(compiled: string): GroupFile[] {
  return runScenario(compiled, ['services', GROUP_SIZE], (outdir) => ['namespace', ...names()].map((name) => (
    { name, texts: ENVIRONMENTS.map((environment) => fs.readFileSync(path.join(outdir, environment, 'group-0', `${name}.k8s.yaml`), 'utf8')) }
  ))).result;
}

function names(): string[] {
  return Array.from({ length: GROUP_SIZE }, (_, index) => `service-${index}`);
}

/**
 * The manifests of any number of groups as a module of plain literals: `exports.<environment>(group, services)` returns lists of objects by file name.
 */
export function literals(compiled: string): string {
  const files = renderGroup(compiled);
  const functions = ENVIRONMENTS.map((environment, index) => {
    const entries = files.map(({ name, texts }) => `${JSON.stringify(name)}: ${JSON.stringify(loadAll(texts[index]), undefined, 1)}`);
    return `exports.${environment} = (group, services) => ({\n${entries.join(',\n')}\n});\n`;
  });
  // names become expressions, as keys too
  return functions.join('').replace(/"[^"\n]*\b(?:group|service)-\d[^"\n]*"(:?)/g, (text, colon) => {
    const expression = `\`${text.slice(1, text.lastIndexOf('"')).replace(/\bgroup-0/g, '${group}').replace(/\bservice-(\d)/g, '${services[$1]}')}\``;
    return colon ? `[${expression}]:` : expression;
  });
}

/**
 * A Helm chart that renders the manifests of all groups: one template with `range`, and values for the names and for what environments differ in.
 */
export function writeHelmChart(compiled: string, folder: string, services: number): void {
  const settings = new Map<string, readonly string[]>();
  const setting = (texts: readonly string[]) => {
    const known = [...settings].find(([, values]) => values.join() === texts.join())?.[0] ?? `setting${settings.size}`;
    settings.set(known, texts);
    return `{{ $.Values.${known} }}`;
  };
  const template = renderGroup(compiled).map(({ texts }) => {
    const [lines, ...others] = texts.map((text, index) => text.replaceAll(`group-0-${ENVIRONMENTS[index]}`, '{{ .name }}-{{ $.Values.environment }}')
      .replace(/\bgroup-0/g, '{{ .name }}').replace(/\bservice-(\d)/g, '{{ $service$1 }}').split('\n'));
    return lines.map((line, index) => {
      const [key, ...values] = [line, ...others.map((other) => other[index])].map((each) => each.slice(each.indexOf(': ') + 2));
      return values.every((value) => value === key) ? line : line.slice(0, line.indexOf(': ') + 2) + setting([key, ...values]);
    }).join('\n');
  }).join('---\n');
  const variables = names().map((_, index) => `{{- $service${index} := index .services ${index} }}`).join('\n');

  fs.mkdirSync(path.join(folder, 'templates'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: services\nversion: 0.0.0\n');
  fs.writeFileSync(path.join(folder, 'templates', 'groups.yaml'), `{{- range .Values.groups }}\n${variables}\n---\n${template}\n{{- end }}\n`);
  const groups = Array.from({ length: services / GROUP_SIZE }, (_, group) => (
    { name: `group-${group}`, services: names().map((__, index) => `service-${group * GROUP_SIZE + index}`) }));
  fs.writeFileSync(path.join(folder, 'values.yaml'), JSON.stringify({ groups }));
  ENVIRONMENTS.forEach((environment, index) => {
    const own = Object.fromEntries([...settings].map(([name, values]) => [name, values[index]]));
    fs.writeFileSync(path.join(folder, `${environment}.yaml`), JSON.stringify({ environment, ...own }));
  });
}

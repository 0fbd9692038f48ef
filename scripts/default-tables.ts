import { Duration } from 'cdk8s';
import { rulesTable } from './rules';
import { ALL_SECTIONS, valuesOf } from './sections';
import { Environment } from '../src/profile/environment';
import { PlatformProfile } from '../src/profile/platform-profile';
import type { Stage } from '../src/profile/stage';
import { Dapr } from '../src/values/dapr';
import { DeliveryStrategy } from '../src/values/delivery-strategy';
import { DisruptionLimit } from '../src/values/disruption-limit';
import { Port } from '../src/values/port';
import { Probe } from '../src/values/probe';

/** The settings that the README shows; docs/defaults.md has all. */
const IN_BRIEF = ['ports', 'resources', 'scaling', 'delivery', 'tiers', 'calls'];

/** The files that hold a table of what the code says, each with its table between the marks. */
export const TABLES: ReadonlyMap<string, () => string> = new Map([
  ['README.md', () => defaultsTable(IN_BRIEF)],
  ['docs/defaults.md', () => defaultsTable()],
  ['docs/checks.md', rulesTable],
]);

/** A text with the table between its marks. */
export function withTable(text: string, table: string): string {
  return text.replace(/(<!-- defaults -->\n)[^]*(<!-- \/defaults -->)/, `$1\n${table}\n\n$2`);
}

/** The standard profile as a table of Markdown, a row for each setting or group of settings; without a choice of them also what environments change. */
function defaultsTable(settings?: readonly string[]): string {
  const rows = Object.entries(valuesOf(PlatformProfile.standard())).filter(([name]) => settings?.includes(name) ?? true).map(([name, value]) => `| \`${name}\` | ${show(value)} |`);
  const environments = settings ? [] : Environment.standard().map((environment) =>
    `| environment \`${environment.name}\` | appEnv ${environment.appEnv}, ${show({ capacityPool: environment.capacityPool, ...changesIn(environment._stage) })} |`);
  return ['| setting | standard |', '| --- | --- |', ...rows, ...environments].join('\n');
}

function changesIn(stage: Stage | undefined): object {
  return Object.fromEntries(Object.entries(ALL_SECTIONS).flatMap(([name, section]) => {
    const changes = section.changesIn(stage);
    return changes === undefined ? [] : [[name, changes]];
  }));
}

export function show(value: unknown): string {
  if (value instanceof Duration) {
    return value.toMilliseconds() % 1000 === 0 ? `${value.toSeconds()} s` : `${value.toMilliseconds()} ms`;
  }
  if (value instanceof Port) {
    return `${value.name} ${value.number}`;
  }
  if (value instanceof Probe) {
    const { httpGet, ...timing } = value._toKube([Port.http(8000)])!;
    return Object.keys(timing).length === 0 ? `GET ${httpGet!.path}` : `GET ${httpGet!.path} (${Object.entries(timing).map(([name, amount]) => `${name.replace('Seconds', '')} ${amount}${name.endsWith('Seconds') ? ' s' : ''}`).join(', ')})`;
  }
  if (value instanceof Dapr) {
    return value._injected ? 'a sidecar' : 'none';
  }
  if (value instanceof DisruptionLimit) {
    return Object.entries(value._toKube()).map(([name, amount]) => `${name} ${amount}`).join(', ');
  }
  if (value instanceof DeliveryStrategy) {
    return Object.entries(value._options).filter(([, amount]) => amount !== undefined).map(([name, amount]) => `${name} ${amount}`).join(', ');
  }
  if (value === '' || value === undefined) {
    return 'none';
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? 'none' : value.map(show).join(', ');
  }
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    const fields = Object.entries(value);
    return fields.length === 0 ? 'none' : fields.map(([name, field]) => `${name} ${nested(field)}`).join(', ');
  }
  return String(value);
}

function nested(value: unknown): string {
  const several = Array.isArray(value) ? value.length > 1
    : typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return several ? `(${show(value)})` : show(value);
}

import * as fc from 'fast-check';
import { checksum } from '../../src/core/pod-parts';
import { versionLabel } from '../../src/values/labels';

/** The environments of charts that are made up. */
export const ENVIRONMENTS = ['dev', 'prod', 'staging'];

/** What an environment does not have. */
const ABSENT = Symbol('absent');

/** A piece of data in each environment. */
type Variants = readonly unknown[];

/** Text that a reader of YAML, a template engine or a shell takes for something else. */
const HOSTILE = [
  '', 'a', 'yes', 'no', 'on', 'n', 'y', 'null', '~', 'true', '010', '0x1F', '1e3', '1.10', '1_000', '12:30:45', '2024-01-01', '.inf', '.nan', '{{ .Values.x }}', '{{', '}}',
  '{{{', '{{{{{', '{', 'a{', '`{{`', '{{- "x" -}}', '{{/* c */}}', 'a}}b{{c', '"{{"', '"q"', "it's", 'a: b', '# c', 'a #c', '- x', '-', '---', '\n---\n', '...', '*a', '&a',
  '!t', '%d', '@x', '`', '|', '>', '?', ':', ',', '[', ']', '\n', 'a\n', 'a\n\n', '\na', '  lead', 'trail  ', 'multi\nline\n  x\n', 'tab\there', '\r', 'a\r\nb', 'é漢😀', '\\n', '\\u0041',
  '$(VAR)', '${env:X}', '<b>&amp;', '=', '<<', '\u0000', '\u0007', '\u001b[0m', 'dev', 'prod', 'production', 'a-dev', 'prod.b', 'x'.repeat(200),
];
/** What Helm would lose where it is a value, and what synthesis refuses there. */
const LOST = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;
const KEYS = ['a', 'b', 'app.kubernetes.io/name', 'x-y', 'x_y', 'X', '1st', 'on', 'n', 'y', 'true', 'null', '010', 'data', 'name', '{{k}}', '{', 'a b', 'a: b', '', 'é', '-', 'constructor', 'nil', 'enabled', 'a_enabled', 'a-'];

const text = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...HOSTILE) }, fc.string({ unit: 'binary', maxLength: 8 }).filter((each) => !LOST.test(each)));
const number = fc.oneof(
  fc.constantFrom(0, 1, -1, 8000, 1_000_000, 12_345_678_901, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, 0.5, 1.25, 123456.789, 1e-7, 5e-324),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, min: -1e15, max: 1e15 }).map((each) => each === 0 ? 0 : each),
);
const scalar = fc.oneof({ weight: 4, arbitrary: text }, number, fc.boolean(), fc.constant(null));
const anything = fc.oneof(
  { weight: 5, arbitrary: scalar }, fc.dictionary(fc.constantFrom(...KEYS), scalar, { maxKeys: 2 }), fc.array(scalar, { maxLength: 3 }),
);

/** Which environments have something: one of them at least. */
const presence = fc.oneof({ weight: 3, arbitrary: fc.constant(ENVIRONMENTS.map(() => true)) },
  fc.tuple(...ENVIRONMENTS.map(() => fc.boolean())).filter((all) => all.includes(true)));

const { variants } = fc.letrec<{ variants: Variants; map: Variants; named: Variants; list: Variants }>((tie) => ({
  variants: fc.oneof(
    { maxDepth: 3 },
    { weight: 4, arbitrary: scalar.map((each): Variants => ENVIRONMENTS.map(() => each)) },
    { weight: 2, arbitrary: fc.tuple(...ENVIRONMENTS.map(() => anything)) },
    {
      weight: 2,
      arbitrary: fc.tuple(text, fc.constantFrom('-', '{', '"', '\n'), text).map(([before, bound, after]): Variants => (
        ENVIRONMENTS.map((name) => `${before}${bound}${name}${bound}${after}`))),
    },
    { weight: 3, arbitrary: tie('map') },
    { weight: 1, arbitrary: tie('named') },
    { weight: 1, arbitrary: tie('list') },
  ),
  map: fc.array(fc.tuple(fc.constantFrom(...KEYS), fc.boolean(), presence, tie('variants')), { maxLength: 5 })
    .map((entries): Variants => ENVIRONMENTS.map((name, index) => Object.fromEntries(entries
      .filter(([, , has, values]) => has[index] && values[index] !== ABSENT).map(([key, own, , values]) => [own ? `${key}-${name}` : key, values[index]])))),
  named: fc.uniqueArray(fc.tuple(fc.constantFrom('p', 'q', 'r', 's-1', 'dev'), presence, tie('variants')), { maxLength: 4, selector: ([name]) => name })
    .map((items): Variants => ENVIRONMENTS.map((_, index) => items.filter(([, has]) => has[index])
      .map(([name, , values]) => ({ name, value: values[index] })))),
  list: fc.array(fc.tuple(presence, tie('variants')), { maxLength: 3 })
    .map((items): Variants => ENVIRONMENTS.map((_, index) => items.filter(([has]) => has[index]).map(([, values]) => values[index]))),
}));

/** The fields of an object that people know by a name. */
const service = fc.record({
  tags: fc.tuple(...ENVIRONMENTS.map(() => fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,70}$/))),
  digest: fc.tuple(...ENVIRONMENTS.map(() => fc.option(fc.stringMatching(/^sha256:[0-9a-f]{64}$/), { nil: undefined }))),
  env: fc.uniqueArray(fc.tuple(fc.constantFrom('A', 'B_C', 'my.var', 'my-var', 'LOG_LEVEL', 'global', 'on'), presence, fc.tuple(...ENVIRONMENTS.map(() => text))), { selector: ([name]) => name }),
  config: fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'application.yaml', 'on', 'x-y'), presence, fc.tuple(...ENVIRONMENTS.map(() => text))), { selector: ([name]) => name }),
  replicas: fc.tuple(...ENVIRONMENTS.map(() => fc.integer({ min: 1, max: 100 }))),
});

/** Objects whose kinds, names and namespaces are nearly the same, with names of environments where they mean something and where not. */
const object = (apiVersion: string, kind: string, name: string, namespace?: string) => (
  { apiVersion, kind, metadata: { name, ...namespace && { namespace } } });
const OBJECTS: readonly ((environment: string) => ReturnType<typeof object>)[] = [
  (environment) => object('example.dev/v1', 'Demo', 'demo', `shop-${environment}`),
  (environment) => object('example.dev/v1', 'Demo', `demo-${environment}`, `shop-${environment}`),
  () => object('example.dev/v1', 'Demo', 'demo', 'shared'),
  (environment) => object('example.dev/v1', 'Demo', 'fuzz', `shop-${environment}`),
  () => object('example.dev/v1', 'Demo', 'fuzz', 'shared'),
  (environment) => object('example.com/v1', 'Demo', 'fuzz', `shop-${environment}`),
  (environment) => object('example.com/v1', 'Image', 'fuzz.dev', `shop-${environment}`),
  () => object('example.com/v1', 'Environment', 'prod'),
];

/** What a chart is made of: the objects of each environment. */
export type Platform = ReadonlyMap<string, readonly any[]>;

export const platform: fc.Arbitrary<Platform> = fc.record({
  facts: service,
  others: fc.array(fc.tuple(presence, variants), { minLength: OBJECTS.length, maxLength: OBJECTS.length }),
}).map(({ facts, others }) => new Map(ENVIRONMENTS.map((name, index) => [name, [
  ...serviceObjects(name, index, facts),
  ...others.flatMap(([has, spec], at) => has[index] ? [{ ...OBJECTS[at](name), spec: spec[index] }] : []),
]])));

function serviceObjects(environment: string, index: number, { tags, digest, env, config, replicas }: any): any[] {
  const namespace = `shop-${environment}`;
  const data = Object.fromEntries(config.filter(([, has]: any) => has[index]).map(([key, , texts]: any) => [key, texts[index]]));
  const metadata = {
    labels: { 'app.kubernetes.io/version': versionLabel(tags[index], digest[index]) }, annotations: { 'checksum/config': checksum(data) },
  };
  const image = `registry.example.com/fuzz:${tags[index]}${digest[index] ? `@${digest[index]}` : ''}`;
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'fuzz', namespace }, data },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'fuzz', namespace },
      spec: {
        replicas: replicas[index],
        template: {
          metadata,
          spec: {
            containers: [{
              name: 'fuzz',
              image,
              env: env.filter(([, has]: any) => has[index]).map(([variable, , texts]: any) => ({ name: variable, value: texts[index] })),
            }],
          },
        },
      },
    },
  ];
}

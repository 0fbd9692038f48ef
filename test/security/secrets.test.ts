import { Duration } from 'cdk8s';
import type { ExternalSecretProps } from '../../src/security/external-secret';
import { ExternalSecret } from '../../src/security/external-secret';
import type { SealedSecretProps } from '../../src/security/sealed-secret';
import { SealedSecret } from '../../src/security/sealed-secret';
import { SecretStore } from '../../src/security/secret-store';
import { bare, group, manifestsOf, profileWith, service } from '../support/platform';

const VAULT = profileWith({ secrets: { store: SecretStore.cluster('vault') } });
const KEYS = { 'token': { key: 'shop/payment', property: 'token' }, 'api-key': { key: 'shop/payment', property: 'apiKey' } };

/** What has the form of a sealed value: the length of an encrypted session key, that key, and a value with its tag. */
const SEALED = Buffer.concat([Buffer.from([0x02, 0x00]), Buffer.alloc(512, 7), Buffer.alloc(24, 9)]).toString('base64');

function external(props: ExternalSecretProps, profile = VAULT) {
  const chart = group({ profile });
  const secret = new ExternalSecret(chart, 'payment-provider', props);
  return { chart, secret, manifests: manifestsOf(chart) };
}

function sealed(props: SealedSecretProps) {
  const chart = group();
  const secret = new SealedSecret(chart, 'payment-provider', props);
  return { chart, secret, manifests: manifestsOf(chart) };
}

describe('an external secret', () => {
  test('says where each value is, and when it is looked up', () => {
    expect(bare(external({ keys: KEYS }).manifests.get('ExternalSecret', 'payment-provider'))).toEqual({
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'payment-provider' },
      spec: {
        refreshPolicy: 'Periodic',
        refreshInterval: '3600s',
        secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
        target: { name: 'payment-provider', creationPolicy: 'Owner', deletionPolicy: 'Retain' },
        data: [
          { secretKey: 'api-key', remoteRef: { key: 'shop/payment', property: 'apiKey' } },
          { secretKey: 'token', remoteRef: { key: 'shop/payment', property: 'token' } },
        ],
      },
    });
  });

  test('is made anew every 90 days where a generator makes it', () => {
    expect(external({ generator: { kind: 'Password', name: 'session' } }).manifests.get('ExternalSecret', 'payment-provider').spec).toEqual({
      refreshPolicy: 'Periodic',
      refreshInterval: '7776000s',
      target: { name: 'payment-provider', creationPolicy: 'Owner', deletionPolicy: 'Retain' },
      dataFrom: [{ sourceRef: { generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'Password', name: 'session' } } }],
    });
  });

  test('may have another store and other times', () => {
    const { spec } = external({ keys: KEYS, store: SecretStore.namespaced('own'), refreshInterval: Duration.minutes(5), rotation: Duration.days(30) }).manifests
      .get('ExternalSecret', 'payment-provider');
    expect([spec.secretStoreRef, spec.refreshInterval]).toEqual([{ kind: 'SecretStore', name: 'own' }, '300s']);
  });

  test('is referred to by a service, and no manifest holds a value', () => {
    const { chart, secret } = external({ keys: KEYS });
    service(chart, 'payment', { secretFiles: [secret.value('api-key')], secretEnv: { TOKEN: secret.value('token') } });
    const manifests = manifestsOf(chart);
    const [container] = manifests.get('Deployment', 'payment').spec.template.spec.containers;
    expect(container.env).toContainEqual({ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'payment-provider', key: 'token' } } });
    expect(manifests.of('Secret')).toEqual([]);
  });
});

describe('a sealed secret', () => {
  test('holds what was sealed, and where it can be opened', () => {
    expect(bare(sealed({ encryptedData: { 'token': SEALED, 'api-key': SEALED } }).manifests.get('SealedSecret', 'payment-provider'))).toEqual({
      apiVersion: 'bitnami.com/v1alpha1',
      kind: 'SealedSecret',
      metadata: { name: 'payment-provider' },
      spec: {
        encryptedData: { 'api-key': SEALED, 'token': SEALED },
        template: { metadata: { name: 'payment-provider', namespace: 'core-business-prod' } },
      },
    });
    const { metadata, spec } = sealed({ encryptedData: { token: SEALED }, sealScope: 'namespace-wide', type: 'kubernetes.io/basic-auth' }).manifests
      .get('SealedSecret', 'payment-provider');
    const annotations = { 'sealedsecrets.bitnami.com/namespace-wide': 'true' };
    expect([metadata.annotations, spec.template.metadata.annotations, spec.template.type]).toEqual([annotations, annotations, 'kubernetes.io/basic-auth']);
  });

  test('is referred to by a service', () => {
    expect(`${sealed({ encryptedData: { token: SEALED } }).secret.value('token')}`).toBe('payment-provider/token');
  });

  test.each([
    ['a plain value', 'hunter2-hunter2'],
    ['a plain value in Base64', Buffer.from('correct horse battery staple'.repeat(40)).toString('base64')],
    ['half of a sealed value', SEALED.slice(0, 300)],
    ['nothing', ''],
    ['a number', 5 as unknown as string],
  ])('fails on %s without showing it', (_what, value) => {
    expect(() => sealed({ encryptedData: { token: value } })).toThrow(new Error("[core-business-prod/payment-provider] the value of 'token' is not sealed, "
      + 'so whoever reads the repository would read it (it is not shown here). '
      + "Give what 'kubeseal' printed under spec.encryptedData, and replace the value where it is used if it was committed."));
  });
});

test('somebody is told of a Secret that is too old, is missing, or cannot be looked up', () => {
  const rules = (manifests: ReturnType<typeof manifestsOf>) => manifests.get('PrometheusRule', 'payment-provider-secret').spec.groups[0].rules
    .map(({ record, alert }: { record?: string; alert?: string }) => record ?? alert);
  const common = ['secret:last_change:timestamp_seconds', 'SecretTooOld', 'SecretMissing'];
  expect(rules(external({ keys: KEYS }).manifests)).toEqual([...common, 'ExternalSecretNotReady']);
  const manifests = sealed({ encryptedData: { token: SEALED } }).manifests;
  expect(rules(manifests)).toEqual(common);
  const [, tooOld] = manifests.get('PrometheusRule', 'payment-provider-secret').spec.groups[0].rules;
  expect([tooOld.expr, tooOld.annotations.summary]).toEqual([
    'time() - secret:last_change:timestamp_seconds{namespace="core-business-prod",secret="payment-provider"} > 7776000',
    'The Secret payment-provider of core-business-prod was not replaced for over 90 days',
  ]);
});

test('a Deployment can be made to roll out when a Secret changes', () => {
  const chart = group();
  service(chart, 'payment').patch('Deployment', '/metadata/annotations/reloader.stakater.com~1auto', 'true', 'rolls out when a secret is replaced');
  expect(manifestsOf(chart).get('Deployment', 'payment').metadata.annotations['reloader.stakater.com/auto']).toBe('true');
});

describe('fails', () => {
  const at = (problem: string) => new Error(`[core-business-prod/payment-provider] ${problem}`);

  test.each<[string, ExternalSecretProps, string]>([
    ['nothing', {}, 'has neither keys nor a generator, so the Secret would be empty. Give one of the two.'],
    ['both', { keys: KEYS, generator: { kind: 'Password', name: 'session' } }, 'has keys and a generator, which makes keys of its own. Give one of the two.'],
    ['a refresh of a generator', { generator: { kind: 'Password', name: 'session' }, refreshInterval: Duration.hours(1) },
      'has a refreshInterval and a generator, which makes a new value at each refresh. Give rotation instead.'],
    ['an unknown generator', { generator: { kind: 'Passwort', name: 'session' } },
      "expected the kind of the generator to be one of Password, SSHKey, UUID, VaultDynamicSecret, ClusterGenerator, got 'Passwort'. Use 'Password'."],
    ['a refresh that is too rare', { keys: KEYS, refreshInterval: Duration.days(91) },
      'secrets.refreshInterval 7862400 s is more than secrets.rotation 7776000 s, so a value that was replaced in time would come too late. Use Duration.seconds(7776000) or less.'],
    ['an empty key', { keys: { token: { key: '' } } }, "the key of 'token' is empty. Write at least one word."],
  ])('an external secret of %s', (_what, props, message) => {
    expect(() => external(props)).toThrow(at(message));
  });

  test('an external secret without a store', () => {
    expect(() => external({ keys: KEYS }, profileWith({}))).toThrow(
      at("has no store to look values up in. Give store: SecretStore.cluster('vault'), or secrets.store in the platform profile."));
  });

  test('a key that a Secret cannot have', () => {
    const message = "SecretReference.of: 'a b' is not a key of a Secret. Use letters, digits, '-', '_' and '.', such as 'password'.";
    expect(() => external({ keys: { 'a b': { key: 'shop' } } })).toThrow(new Error(message));
    expect(() => sealed({ encryptedData: { 'a b': SEALED } })).toThrow(new Error(message));
  });

  test('a reference to a key that was not given', () => {
    expect(() => external({ keys: KEYS }).secret.value('tokn')).toThrow(at("has no key 'tokn'. It has api-key, token."));
    expect(() => sealed({ encryptedData: { token: SEALED } }).secret.value('tokn')).toThrow(at("has no key 'tokn'. It has token."));
    expect(`${external({ generator: { kind: 'Password', name: 'session' } }).secret.value('password')}`).toBe('payment-provider/password');
  });

  test('a sealed secret of nothing, or in an unknown scope', () => {
    expect(() => sealed({ encryptedData: {} })).toThrow(at("has no encryptedData, so the Secret would be empty. Give what 'kubeseal' printed under spec.encryptedData."));
    expect(() => sealed({ encryptedData: { token: SEALED }, sealScope: 'cluster' })).toThrow(
      at("expected sealScope to be one of strict, namespace-wide, cluster-wide, got 'cluster'. Use 'strict'."));
  });

  test('a store whose name is none, and times that are none', () => {
    expect(() => SecretStore.cluster('Vault')).toThrow(new Error("SecretStore.cluster: the store 'Vault' is not a DNS subdomain: it has 'V'. Write 'vault'."));
    expect(() => profileWith({ secrets: { rotation: Duration.millis(1) } })).toThrow(
      new Error('PlatformProfile.customize: expected secrets.rotation to be 1 or more whole seconds, got 0.001 seconds. Use Duration.seconds(1).'));
  });
});

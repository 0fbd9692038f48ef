import { Duration } from 'cdk8s';
import { load } from 'js-yaml';
import { ExistingSecret } from '../../src/security/existing-secret';
import { SecretProvider } from '../../src/security/secret-provider';
import { SecretProviderClass } from '../../src/security/secret-provider-class';
import type { SecretProviderClassProps } from '../../src/security/secret-provider-class';
import { ObjectStorage } from '../../src/stores/backup/object-storage';
import { StorageCredentials } from '../../src/stores/backup/storage-credentials';
import { Image } from '../../src/values/image';
import { SecretReference } from '../../src/values/secret-reference';
import { KnativeFunction } from '../../src/workloads/function/knative-function';
import { bare, findings, group, manifestsOf, profileWith, service } from '../support/platform';

const ID = '01234567-89ab-cdef-0123-456789abcdef';
const VAULT = SecretProvider.vault({ role: 'payment' });
const KEYS = { 'token': { key: 'secret/data/payment', property: 'token' }, 'api-key': { key: 'secret/data/payment', property: 'apiKey' } };

function mounted(props: Partial<SecretProviderClassProps> = {}, profile = profileWith({ secrets: { provider: VAULT } })) {
  const chart = group({ profile });
  const secret = new SecretProviderClass(chart, 'payment-provider', { keys: KEYS, ...props });
  return { chart, secret, get spec() { return manifestsOf(chart).get('SecretProviderClass', 'payment-provider').spec; } };
}

/** What the provider is told of each value. */
function told(provider: SecretProvider, keys: SecretProviderClassProps['keys']): any {
  const { parameters: { objects, secrets } } = mounted({ provider, keys }).spec;
  return load(objects ?? secrets);
}

describe('a SecretProviderClass', () => {
  test('says to Vault where each file comes from', () => {
    const { chart } = mounted();
    expect(bare(manifestsOf(chart).get('SecretProviderClass', 'payment-provider'))).toEqual({
      apiVersion: 'secrets-store.csi.x-k8s.io/v1',
      kind: 'SecretProviderClass',
      metadata: { name: 'payment-provider' },
      spec: {
        provider: 'vault',
        parameters: {
          roleName: 'payment',
          objects: '- objectName: api-key\n  secretPath: secret/data/payment\n  secretKey: apiKey\n- objectName: token\n  secretPath: secret/data/payment\n  secretKey: token\n',
        },
      },
    });
    const provider = SecretProvider.vault({ role: 'payment', address: 'https://vault.example.com:8200', namespace: 'shop', authMountPath: 'kubernetes-prod' });
    expect(mounted({ provider, keys: { whole: { key: 'secret/data/payment', version: '3' } } }).spec.parameters).toEqual({
      roleName: 'payment',
      vaultAddress: 'https://vault.example.com:8200',
      vaultNamespace: 'shop',
      vaultAuthMountPath: 'kubernetes-prod',
      objects: '- objectName: whole\n  secretPath: secret/data/payment\n  secretArgs:\n    version: \'3\'\n',
    });
  });

  test('names each entry of AWS once, with the fields that are files', () => {
    const provider = SecretProvider.awsSecretsManager({ region: 'eu-central-1', failoverRegion: 'eu-west-1', podIdentity: true });
    const keys = {
      'token': { key: 'shop/payment', property: 'token', version: 'v1' },
      'api-key': { key: 'shop/payment', property: 'api-key', version: 'v1' },
      'all.json': { key: 'shop/payment', version: 'v1' },
      'licence': { key: 'licence' },
    };
    const { provider: name, parameters } = mounted({ provider, keys }).spec;
    expect([name, { ...parameters, objects: load(parameters.objects) }]).toEqual(['aws', {
      region: 'eu-central-1',
      failoverRegion: 'eu-west-1',
      usePodIdentity: 'true',
      objects: [
        {
          objectName: 'shop/payment',
          objectType: 'secretsmanager',
          objectVersion: 'v1',
          objectAlias: 'all.json',
          jmesPath: [{ path: '"api-key"', objectAlias: 'api-key' }, { path: 'token', objectAlias: 'token' }],
        },
        { objectName: 'licence', objectType: 'secretsmanager' },
      ],
    }]);
    expect(told(SecretProvider.awsParameterStore(), { token: { key: '/shop/token' } })).toEqual([{ objectName: '/shop/token', objectType: 'ssmparameter', objectAlias: 'token' }]);
    expect(mounted({ provider: SecretProvider.awsParameterStore(), keys: { token: { key: '/shop/token' } } }).spec.parameters).not.toHaveProperty('region');
  });

  test('tells Azure its vault, and whose identity may read it', () => {
    const keys = { token: { key: 'payment-token', version: '3d8c' }, licence: { key: 'licence' } };
    const { provider: name, parameters } = mounted({ provider: SecretProvider.azureKeyVault({ keyVault: 'shop-prod', tenantId: ID, clientId: ID }), keys }).spec;
    expect([name, { ...parameters, objects: (load(parameters.objects) as any).array.map((text: string) => load(text)) }]).toEqual(['azure', {
      keyvaultName: 'shop-prod',
      tenantId: ID,
      clientID: ID,
      usePodIdentity: 'false',
      useVMManagedIdentity: 'false',
      objects: [
        { objectName: 'licence', objectType: 'secret' },
        { objectName: 'payment-token', objectType: 'secret', objectVersion: '3d8c', objectAlias: 'token' },
      ],
    }]);
    expect(mounted({ provider: SecretProvider.azureKeyVault({ keyVault: 'shop-prod', tenantId: ID, nodeIdentity: ID }), keys }).spec.parameters)
      .toMatchObject({ useVMManagedIdentity: 'true', userAssignedIdentityID: ID });
  });

  test('gives Google Cloud the whole name of a version', () => {
    const keys = { token: { key: 'payment', property: 'token' }, licence: { key: 'licence', version: '7' } };
    expect(told(SecretProvider.gcpSecretManager({ project: 'shop-prod' }), keys)).toEqual([
      { resourceName: 'projects/shop-prod/secrets/licence/versions/7', path: 'licence' },
      { resourceName: 'projects/shop-prod/secrets/payment/versions/latest', path: 'token', extractJsonKey: 'token' },
    ]);
    expect(told(SecretProvider.gcpSecretManager({ project: '4711', location: 'europe-west3' }), { licence: { key: 'licence' } }))
      .toEqual([{ resourceName: 'projects/4711/locations/europe-west3/secrets/licence/versions/latest', path: 'licence' }]);
  });

  test('makes a Secret of its name only where that is said', () => {
    expect(mounted().spec).not.toHaveProperty('secretObjects');
    const data = ['api-key', 'token'].map((key) => ({ objectName: key, key }));
    expect(mounted({ sync: true }).spec.secretObjects).toEqual([{ secretName: 'payment-provider', type: 'Opaque', data }]);
    expect(mounted({ sync: true, type: 'kubernetes.io/basic-auth' }).spec.secretObjects).toEqual([{ secretName: 'payment-provider', type: 'kubernetes.io/basic-auth', data }]);
  });

  test('tells somebody when pods have an old version', () => {
    const { chart } = mounted({ rotation: Duration.days(30) });
    const [{ rules }] = manifestsOf(chart).get('PrometheusRule', 'payment-provider-secret').spec.groups;
    expect(rules.map(({ record, alert }: any) => record ?? alert)).toEqual(['secret:last_change:timestamp_seconds', 'SecretTooOld', 'MountedSecretsUnreported']);
    expect(rules[1].annotations.summary).toBe('The Secret payment-provider of core-business-prod was not replaced for over 30 days');
  });
});

describe('a service with mounted secrets', () => {
  const csi = { driver: 'secrets-store.csi.k8s.io', readOnly: true, volumeAttributes: { secretProviderClass: 'payment-provider' } };
  const pod = (chart: any) => manifestsOf(chart).get('Deployment', 'payment').spec.template.spec;

  test('finds them in one folder, beside those of Secrets', () => {
    const { chart, secret } = mounted();
    service(chart, 'payment', { secretFiles: [secret.value('token'), secret.value('api-key'), SecretReference.of('licence', 'key')] });
    const { volumes, containers: [{ volumeMounts }] } = pod(chart);
    expect(volumes.filter(({ name }: any) => name.startsWith('secret'))).toEqual([
      { name: 'secret-licence', secret: { secretName: 'licence', items: [{ key: 'key', path: 'key' }] } },
      { name: 'secret-payment-provider', csi },
    ]);
    expect(volumeMounts).toContainEqual({ name: 'secret-payment-provider', mountPath: '/var/run/secrets/payment-provider', readOnly: true });
  });

  test('has them mounted for a variable too, because the Secret is there for as long only', () => {
    const { chart, secret } = mounted({ sync: true });
    service(chart, 'payment', { secretEnv: { TOKEN: secret.value('token') } });
    const { volumes, containers: [{ env }] } = pod(chart);
    expect(volumes).toContainEqual({ name: 'secret-payment-provider', csi });
    expect(env).toContainEqual({ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'payment-provider', key: 'token' } } });
    expect(findings(chart)).toEqual(["MS-SEC-001 [core-business-prod/payment/Deployment] gives TOKEN to the container 'payment'"]);
  });

  test('may have a container beside it with secrets of its own', () => {
    const { chart, secret } = mounted({ sync: true });
    const image = Image.of('registry.example.com/agent', { tag: '1' });
    const files = SecretReference.mounted('of-others', 'key');
    service(chart, 'payment', { initContainers: [{ name: 'agent', image, secretFiles: [files], secretEnv: { TOKEN: secret.value('token') } }] });
    const { volumes, initContainers: [{ volumeMounts }] } = pod(chart);
    expect(volumes.filter((volume: any) => volume.csi).map(({ name }: any) => name)).toEqual(['agent-secret-of-others', 'agent-secret-payment-provider']);
    expect(volumeMounts).toContainEqual({ name: 'agent-secret-of-others', mountPath: '/var/run/secrets/of-others', readOnly: true });
  });

  test('fails on a variable of what is in no Secret', () => {
    const remedy = 'which is a file of a SecretProviderClass and in no Secret. Name it in secretFiles, or give the SecretProviderClass sync: true.';
    const { chart, secret } = mounted();
    expect(() => service(chart, 'payment', { secretEnv: { TOKEN: secret.value('token') } })).toThrow(
      new Error(`[core-business-prod/payment] takes the variable 'TOKEN' from 'payment-provider/token', ${remedy}`));
    const image = Image.of('registry.example.com/agent', { tag: '1' });
    expect(() => service(chart, 'other', { initContainers: [{ name: 'agent', image, secretEnv: { TOKEN: SecretReference.mounted('of-others', 'key') } }] })).toThrow(
      new Error(`[core-business-prod/other] takes the variable 'TOKEN' from 'of-others/key', ${remedy}`));
  });

  test('fails on a function of a Knative that refuses the volume', () => {
    const define = (features: string[]) => {
      const { chart, secret } = mounted({}, profileWith({ functions: { features }, secrets: { provider: VAULT } }));
      new KnativeFunction(chart, 'thumbnail', { image: Image.of('registry.example.com/thumbnail', { tag: '1' }), secretFiles: [secret.value('token')] });
      return manifestsOf(chart).of('Service').find(({ apiVersion }) => apiVersion === 'serving.knative.dev/v1').spec.template.spec.volumes;
    };
    expect(() => define([])).toThrow(new Error("[core-business-prod/thumbnail] has 'payment-provider/token' of a SecretProviderClass, and Knative refuses pods with a volume of a CSI "
      + 'driver unless its ConfigMap config-features allows kubernetes.podspec-volumes-csi. Enable it there and name it in functions.features of the platform profile, or use a Microservice.'));
    expect(define(['kubernetes.podspec-volumes-csi'])).toContainEqual({ name: 'secret-payment-provider', csi });
  });

  test('fails on a backup whose authority is mounted', () => {
    expect(() => ObjectStorage.s3({
      bucket: 'backups',
      region: 'eu-central-1',
      replicaRegion: 'eu-west-1',
      cidrs: ['10.20.0.0/24'],
      credentials: StorageCredentials.secret('writer'),
      readCredentials: StorageCredentials.secret('reader'),
      certificateAuthority: SecretReference.mounted('authority', 'ca.crt'),
    })).toThrow(new Error("ObjectStorage.s3: certificateAuthority 'authority/ca.crt' is a file of a SecretProviderClass, and backups read Secrets. Put the certificate, which is not secret, into a Secret."));
  });
});

test('a Secret that others make is watched, and referred to', () => {
  const chart = group();
  const licence = new ExistingSecret(chart, 'licence', { rotation: Duration.days(365) });
  service(chart, 'payment', { secretFiles: [licence.value('key')] });
  const manifests = manifestsOf(chart);
  const [{ rules }] = manifests.get('PrometheusRule', 'licence-secret').spec.groups;
  expect(rules.map(({ record, alert }: any) => record ?? alert)).toEqual(['secret:last_change:timestamp_seconds', 'SecretTooOld', 'SecretMissing']);
  expect(rules[1].expr).toBe('time() - secret:last_change:timestamp_seconds{namespace="core-business-prod",secret="licence"} > 31536000');
  expect(manifests.get('Deployment', 'payment').spec.template.spec.volumes).toContainEqual({ name: 'secret-licence', secret: { secretName: 'licence', items: [{ key: 'key', path: 'key' }] } });
  expect(manifests.of('Secret')).toEqual([]);
  expect(() => new ExistingSecret(chart, 'Licence')).toThrow(new Error("[core-business-prod/Licence] the Secret 'Licence' is not a DNS subdomain: it has 'L'. Write 'licence'."));
});

describe('fails', () => {
  const at = (problem: string) => new Error(`[core-business-prod/payment-provider] ${problem}`);
  const AWS = SecretProvider.awsSecretsManager();

  test.each<[string, Partial<SecretProviderClassProps>, string]>([
    ['no keys', { keys: {} }, "has no keys, so there would be nothing to mount. Give some, such as { 'api-key': { key: 'shop/payment-provider' } }."],
    ['an empty key', { keys: { token: { key: '' } } }, "the key of 'token' is empty. Write at least one word."],
    ['the type of no Secret', { type: 'kubernetes.io/tls' }, "has the type 'kubernetes.io/tls' of a Secret, and makes none. Give sync: true, or leave type out."],
    ['an entry of AWS as two files', { provider: AWS, keys: { one: { key: 'payment' }, two: { key: 'payment' } } },
      "takes the entry 'payment' as two files, and the provider of AWS takes each entry once. Define a second SecretProviderClass."],
    ['an entry of AWS in two versions', { provider: AWS, keys: { one: { key: 'payment', property: 'a', version: '1' }, two: { key: 'payment', property: 'b' } } },
      "takes the entry 'payment' in two versions, and the provider of AWS takes each entry once. Define a second SecretProviderClass."],
    ['a file with the name of an entry of AWS', { provider: AWS, keys: { token: { key: 'token', property: 'value' } } },
      "the file 'token' has the name of an entry, and the provider of AWS takes each name once. Give the file another name."],
    ['a file with the name that AWS gives an entry', { provider: AWS, keys: { shop_token: { key: 'other' }, value: { key: 'shop/token', property: 'value' } } },
      "the file 'shop_token' has the name of an entry, and the provider of AWS takes each name once. Give the file another name."],
    ['a field in Azure', { provider: SecretProvider.azureKeyVault({ keyVault: 'shop-prod', tenantId: ID, clientId: ID }), keys: { token: { key: 'payment', property: 'token' } } },
      "'token' is the field 'token' of 'payment', and secrets of Azure Key Vault have no fields. Leave property out, and let the application take the field."],
    ['a path in Azure', { provider: SecretProvider.azureKeyVault({ keyVault: 'shop-prod', tenantId: ID, clientId: ID }), keys: { token: { key: 'shop/payment' } } },
      "'shop/payment' is not the name of a secret of Azure Key Vault. Use letters, digits and '-', at most 127 of them."],
    ['a path in Google Cloud', { provider: SecretProvider.gcpSecretManager({ project: 'shop-prod' }), keys: { token: { key: 'projects/shop/secrets/payment' } } },
      "'projects/shop/secrets/payment' is not the name of a secret of Secret Manager. Write the last part of its name alone: letters, digits, '-' and '_'."],
  ])('on %s', (_what, props, message) => {
    expect(() => mounted(props)).toThrow(at(message));
  });

  test('without a provider, and on a key that was not given', () => {
    expect(() => mounted({}, profileWith({}))).toThrow(
      at("has no provider to look values up by. Give provider: SecretProvider.vault({ role: 'payment' }), or secrets.provider in the platform profile."));
    expect(() => mounted().secret.value('tokn')).toThrow(at("has no key 'tokn'. It has api-key, token."));
    expect(() => mounted({ keys: { 'a b': { key: 'payment' } } })).toThrow(
      new Error("SecretProviderClass.value: 'a b' is not a key of a Secret. Use letters, digits, '-', '_' and '.', such as 'password'."));
  });

  test.each<[string, () => unknown, string]>([
    ['a region that is none', () => SecretProvider.awsSecretsManager({ region: 'Frankfurt' }), "SecretProvider.awsSecretsManager: region 'Frankfurt' is not a region of AWS. Write one such as 'eu-central-1'."],
    ['a region for nothing', () => SecretProvider.awsParameterStore({ failoverRegion: 'eu-west-1' }),
      "SecretProvider.awsParameterStore: failoverRegion 'eu-west-1' has no region that it could stand in for. Give region, and another one for failoverRegion."],
    ['one region for both', () => SecretProvider.awsParameterStore({ region: 'eu-west-1', failoverRegion: 'eu-west-1' }),
      "SecretProvider.awsParameterStore: failoverRegion 'eu-west-1' is the region itself. Give region, and another one for failoverRegion."],
    ['a vault that is none', () => SecretProvider.azureKeyVault({ keyVault: 'a', tenantId: ID, clientId: ID }),
      "SecretProvider.azureKeyVault: keyVault 'a' is not the name of a key vault. Use 3 to 24 letters, digits and '-', such as 'shop-prod'."],
    ['a tenant by its name', () => SecretProvider.azureKeyVault({ keyVault: 'shop', tenantId: 'acme', clientId: ID }),
      "SecretProvider.azureKeyVault: tenantId 'acme' is not an id of Azure. Write it as '01234567-89ab-cdef-0123-456789abcdef'."],
    ['nobody who looks up', () => SecretProvider.azureKeyVault({ keyVault: 'shop', tenantId: ID }),
      'SecretProvider.azureKeyVault: has neither clientId nor nodeIdentity, so nobody could look values up. Give one of the two, clientId where there is Workload Identity.'],
    ['two who look up', () => SecretProvider.azureKeyVault({ keyVault: 'shop', tenantId: ID, clientId: ID, nodeIdentity: ID }),
      'SecretProvider.azureKeyVault: has a clientId and a nodeIdentity. Give one of the two, clientId where there is Workload Identity.'],
    ['a project that is none', () => SecretProvider.gcpSecretManager({ project: 'Shop' }),
      "SecretProvider.gcpSecretManager: project 'Shop' is not a project of Google Cloud. Write its id or number, such as 'shop-prod-4711'."],
    ['a location that is none', () => SecretProvider.gcpSecretManager({ project: 'shop-prod', location: 'EU' }),
      "SecretProvider.gcpSecretManager: location 'EU' is not a region of Google Cloud. Write one such as 'europe-west3'."],
    ['a Vault without TLS', () => SecretProvider.vault({ role: 'payment', address: 'http://vault:8200' }),
      "SecretProvider.vault: address 'http://vault:8200' is not an address by https, and secrets would cross the network in the open. Write one such as 'https://vault.example.com:8200'."],
    ['no role', () => SecretProvider.vault({ role: '' }), 'SecretProvider.vault: role is empty. Write at least one word.'],
  ])('on %s', (_what, define, message) => {
    expect(define).toThrow(new Error(message));
  });
});

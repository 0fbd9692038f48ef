import { loadAll } from 'js-yaml';
import { binary } from './support/binary';
import { Cluster } from './support/cluster';
import type { Manifest } from './support/manifest';
import { eventually } from './support/process';
import { App, Dapr, Environment, Image, KubernetesVersion, Microservice, PlatformProfile, ServiceChart, SharedChart } from '../../src';
import { ExternalSecret, ImageSigner, ImageVerification, SealedSecret, SecretProvider, SecretProviderClass, SecretStore, SecurityDefaults } from '../../src/security';

const CRDS = [
  'kyverno.policies.kyverno.io.yaml', 'sigstore-policy-controller.policy.sigstore.dev.yaml', 'external-secrets.external-secrets.io.yaml',
  'sealed-secrets.bitnami.com.yaml', 'prometheus-operator.monitoring.coreos.com.yaml', 'dapr.dapr.io.yaml',
];
const KINDS = ['Namespace', 'ImageValidatingPolicy', 'ClusterImagePolicy', 'ExternalSecret', 'SealedSecret', 'SecretProviderClass', 'PrometheusRule'];
/** As the driver's own installation defines itself. */
const DRIVER = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'CSIDriver',
  metadata: { name: 'secrets-store.csi.k8s.io' },
  spec: { podInfoOnMount: true, attachRequired: false, volumeLifecycleModes: ['Ephemeral'] },
} as unknown as Manifest;
const ID = '01234567-89ab-cdef-0123-456789abcdef';
/** A store of each kind, and how it calls its entry. */
const PROVIDERS: [string, SecretProvider, string, string?][] = [
  ['of-aws', SecretProvider.awsSecretsManager({ region: 'eu-central-1', failoverRegion: 'eu-west-1', podIdentity: true }), 'shop/payment', 'token'],
  ['of-parameters', SecretProvider.awsParameterStore(), '/shop/payment'],
  ['of-azure', SecretProvider.azureKeyVault({ keyVault: 'shop-prod', tenantId: ID, clientId: ID }), 'payment'],
  ['of-gcp', SecretProvider.gcpSecretManager({ project: 'shop-prod', location: 'europe-west3' }), 'payment', 'token'],
  ['of-vault', SecretProvider.vault({ role: 'payment', address: 'https://vault.example.com:8200' }), 'secret/data/shop/payment', 'token'],
];
const SEALED = Buffer.concat([Buffer.from([0x02, 0x00]), Buffer.alloc(512, 7), Buffer.alloc(24, 9)]).toString('base64');
const KEY = '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEa9KK4eP0P4Zi72infBg4/FUwe91X\n2kWs0TvuBwSQmZMliCpqUDSgwQ0zrkxDK7QBQomRJddKQZdjcOMkNz5I6w==\n-----END PUBLIC KEY-----\n';

function rendered(verifier: string): Manifest[] {
  const signers = [
    ImageSigner.publicKey(KEY), ImageSigner.unloggedPublicKey(KEY),
    ImageSigner.keyless({ issuer: 'https://token.actions.githubusercontent.com', subjectPattern: '^https://github\\.com/acme/.+@refs/heads/main$' }),
    ImageSigner.keyless({ issuer: 'https://accounts.example.com', subject: 'release@example.com' }),
  ];
  const profile = PlatformProfile.standard().customize({ imageRegistry: 'registry.example.com' }).with(SecurityDefaults.of({ images: { signers, verifier, baseImages: verifier === 'kyverno' ? ['gcr.io/distroless', 'docker.io/library/alpine'] : [] }, security: { imagePullSecrets: ['registry'] }, secrets: { store: SecretStore.cluster('vault') } }));
  const app = new App();
  const shop = new ServiceChart(app, 'shop', { environment: Environment.of('live', { capacityPool: 'production' }), profile });
  new ExternalSecret(shop, 'payment', { keys: { token: { key: 'shop/payment', property: 'token', version: '3' } } });
  new ExternalSecret(shop, 'session', { generator: { kind: 'Password', name: 'session' } });
  new SealedSecret(shop, 'licence', { encryptedData: { key: SEALED }, sealScope: 'namespace-wide', type: 'Opaque' });
  for (const [name, provider, key, property] of PROVIDERS) {
    new SecretProviderClass(shop, name, { provider, keys: { token: { key, property } }, sync: name === 'of-vault' });
  }
  new ImageVerification(new SharedChart(app, 'infrastructure', { profile }), 'signed-images');
  return (loadAll(app.synthYaml()) as (Manifest | null)[]).filter((manifest): manifest is Manifest => !!manifest && KINDS.includes(manifest.kind));
}

/** A namespace with a service that has files of one class, and a file and a variable of another. */
function mounting(version: string): Manifest[] {
  const app = new App();
  const profile = PlatformProfile.standard().customize({ kubernetesVersion: KubernetesVersion.of(version) });
  const shop = new ServiceChart(app, 'shop', { environment: Environment.of('mounting', { capacityPool: 'production' }), profile });
  const [vault, azure] = [PROVIDERS[4], PROVIDERS[2]].map(([name, provider, key]) => new SecretProviderClass(shop, name, { provider, keys: { token: { key } }, sync: name === 'of-vault' }));
  new Microservice(shop, 'payment', {
    image: Image.of('registry.example.com/payment', { tag: '1.4.2' }),
    dapr: Dapr.none('is alone here'),
    secretFiles: [azure.value('token')],
    secretEnv: { TOKEN: vault.value('token') },
  });
  return (loadAll(app.synthYaml()) as (Manifest | null)[]).filter((manifest): manifest is Manifest => !!manifest);
}

describe.each(['1.36', '1.27'])('image policies and secrets by their CRDs on Kubernetes %s', (version) => {
  let cluster: Cluster;
  const manifests = [...rendered('kyverno'), ...rendered('policy-controller').filter(({ kind }) => kind === 'ClusterImagePolicy')];

  beforeAll(async () => {
    cluster = await Cluster.start(version);
    expect(await cluster.installCrds(...CRDS)).toMatchObject({ status: 0, stderr: '' });
    await cluster.kubectl('create', '-f', await binary('secrets-store-crd-1.4'));
    expect(await cluster.apply([DRIVER])).toMatchObject({ status: 0, stderr: '' });
  }, 300_000);
  afterAll(() => cluster?.stop());

  test('are taken whole, without a warning', async () => {
    const { status, stdout, stderr } = await cluster.apply(manifests);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n').filter((line) => !/^(namespace|prometheusrule)/.test(line)).sort()).toEqual([
      'clusterimagepolicy.policy.sigstore.dev/signed-images-others serverside-applied',
      'clusterimagepolicy.policy.sigstore.dev/signed-images-own serverside-applied',
      'externalsecret.external-secrets.io/payment serverside-applied',
      'externalsecret.external-secrets.io/session serverside-applied',
      'imagevalidatingpolicy.policies.kyverno.io/signed-images-deny serverside-applied',
      'sealedsecret.bitnami.com/licence serverside-applied',
      ...PROVIDERS.map(([name]) => `secretproviderclass.secrets-store.csi.x-k8s.io/${name} serverside-applied`),
    ].sort());
  });

  test('are not changed when they are applied again', async () => {
    const kinds = ['imagevalidatingpolicies', 'clusterimagepolicies', 'externalsecrets', 'sealedsecrets', 'secretproviderclasses', 'prometheusrules'];
    const generationsOf = async (kind: string) => (await cluster.list(kind)).map(({ metadata }) => metadata.generation);
    const generations = async () => Object.fromEntries(await Promise.all(kinds.map(async (kind) => [kind, await generationsOf(kind)])));
    const before = await generations();
    expect(Object.values(before).map((found: any) => found.length)).toEqual([1, 2, 2, 1, 5, 8]);
    expect(await cluster.apply(manifests)).toMatchObject({ status: 0, stderr: '' });
    expect(await generations()).toEqual(before);
  });

  test.each<[string, string, (spec: any) => void, string]>([
    ['verifies by nobody', 'ImageValidatingPolicy', (spec) => { delete spec.attestors; }, 'spec.attestors: Required value'],
    ['fails in an unknown way', 'ImageValidatingPolicy', (spec) => { spec.failurePolicy = 'Deny'; }, 'spec.failurePolicy: Unsupported value: "Deny"'],
    ['misspells its images', 'ImageValidatingPolicy', (spec) => { spec.matchImageReference = []; }, '.spec.matchImageReference: field not declared in schema'],
    ['misspells an authority', 'ClusterImagePolicy', (spec) => { spec.authorities[0].keyles = {}; }, '.spec.authorities[0].keyles: field not declared in schema'],
    ['has a store of an unknown kind', 'ExternalSecret', (spec) => { spec.secretStoreRef.kind = 'Vault'; }, 'spec.secretStoreRef.kind: Unsupported value: "Vault"'],
    ['refreshes in an unknown way', 'ExternalSecret', (spec) => { spec.refreshPolicy = 'Always'; }, 'spec.refreshPolicy: Unsupported value: "Always"'],
    ['has a key without a place', 'ExternalSecret', (spec) => { delete spec.data[0].remoteRef.key; }, 'spec.data[0].remoteRef.key: Required value'],
    ['tells its provider a list', 'SecretProviderClass', (spec) => { spec.parameters.objects = ['token']; }, '.spec.parameters.objects: expected string'],
    ['tells its provider a number', 'SecretProviderClass', (spec) => { spec.parameters.usePodIdentity = 1; }, 'spec.parameters.usePodIdentity'],
    ['misspells its provider', 'SecretProviderClass', (spec) => { spec.providers = spec.provider; }, '.spec.providers: field not declared in schema'],
    ['misspells what it syncs', 'SecretProviderClass', (spec) => { spec.secretObjects = [{ secret: 'payment' }]; }, '.spec.secretObjects[0].secret: field not declared in schema'],
    ['holds nothing', 'SealedSecret', (spec) => { delete spec.encryptedData; }, 'spec.encryptedData: Required value'],
  ])('one is refused that %s', async (_what, kind, change, message) => {
    const twin: Manifest = JSON.parse(JSON.stringify(manifests.find((manifest) => manifest.kind === kind)));
    twin.metadata.name = `${twin.metadata.name}-twin`;
    change(twin.spec);
    const { status, stderr } = await cluster.apply([twin]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(message) });
  });

  test('pods with mounted secrets run in a namespace of Pod Security restricted, once the driver has made the Secret of their variable', async () => {
    const objects = mounting(version);
    const { status, stderr } = await cluster.apply(objects);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const namespace = 'shop-mounting';
    expect((await cluster.get('namespace', namespace)).metadata.labels!['pod-security.kubernetes.io/enforce']).toBe('restricted');
    const ready = async () => (await cluster.list('pods', namespace)).map(({ status: { conditions } }) => conditions?.find(({ type }: any) => type === 'Ready')?.status);
    await eventually(async () => expect(await ready()).toEqual(['False']), 60);
    // as the driver does when it has mounted the files; nobody plays the driver here
    await cluster.kubectl('-n', namespace, 'create', 'secret', 'generic', 'of-vault', '--from-literal=token=value');
    await eventually(async () => {
      expect(await ready()).toEqual(['True']);
      const pods = await cluster.list('pods', namespace);
      expect(pods[0].spec.volumes.filter(({ csi }: any) => csi).map(({ csi }: any) => csi)).toEqual(['of-azure', 'of-vault'].map((secretProviderClass) => ({
        driver: 'secrets-store.csi.k8s.io', readOnly: true, volumeAttributes: { secretProviderClass },
      })));
    }, 60);
  });

  test('a pod is refused there whose secrets come from a folder of its node', async () => {
    const pod = JSON.parse(JSON.stringify((await cluster.list('pods', 'shop-mounting'))[0]));
    const volume = pod.spec.volumes.find(({ csi }: any) => csi);
    delete volume.csi;
    volume.hostPath = { path: '/etc/secrets' };
    const twin = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'twin', namespace: 'shop-mounting' }, spec: { ...pod.spec, nodeName: undefined } } as unknown as Manifest;
    const { status, stderr } = await cluster.apply([twin]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('restricted volume types (volume "secret-of-azure" uses restricted volume type "hostPath")') });
  });
});

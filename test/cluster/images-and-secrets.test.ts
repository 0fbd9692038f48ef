import { loadAll } from 'js-yaml';
import { Cluster } from './support/cluster';
import type { Manifest } from './support/manifest';
import { App, Environment, ExternalSecret, ImageSigner, ImageVerification, PlatformProfile, SealedSecret, SecretStore, ServiceChart, SharedChart } from '../../src';

const CRDS = [
  'kyverno.policies.kyverno.io.yaml', 'sigstore-policy-controller.policy.sigstore.dev.yaml', 'external-secrets.external-secrets.io.yaml',
  'sealed-secrets.bitnami.com.yaml', 'prometheus-operator.monitoring.coreos.com.yaml',
];
const KINDS = ['Namespace', 'ImageValidatingPolicy', 'ClusterImagePolicy', 'ExternalSecret', 'SealedSecret', 'PrometheusRule'];
const SEALED = Buffer.concat([Buffer.from([0x02, 0x00]), Buffer.alloc(512, 7), Buffer.alloc(24, 9)]).toString('base64');
const KEY = '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEa9KK4eP0P4Zi72infBg4/FUwe91X\n2kWs0TvuBwSQmZMliCpqUDSgwQ0zrkxDK7QBQomRJddKQZdjcOMkNz5I6w==\n-----END PUBLIC KEY-----\n';

function rendered(verifier: string): Manifest[] {
  const signers = [
    ImageSigner.publicKey(KEY), ImageSigner.unloggedPublicKey(KEY),
    ImageSigner.keyless({ issuer: 'https://token.actions.githubusercontent.com', subjectPattern: '^https://github\\.com/acme/.+@refs/heads/main$' }),
    ImageSigner.keyless({ issuer: 'https://accounts.example.com', subject: 'release@example.com' }),
  ];
  const profile = PlatformProfile.standard().customize({ images: { signers, verifier }, security: { imagePullSecrets: ['registry'] }, secrets: { store: SecretStore.cluster('vault') } });
  const app = new App();
  const shop = new ServiceChart(app, 'shop', { environment: Environment.of('live', { capacityPool: 'production' }), profile });
  new ExternalSecret(shop, 'payment', { keys: { token: { key: 'shop/payment', property: 'token', version: '3' } } });
  new ExternalSecret(shop, 'session', { generator: { kind: 'Password', name: 'session' } });
  new SealedSecret(shop, 'licence', { encryptedData: { key: SEALED }, sealScope: 'namespace-wide', type: 'Opaque' });
  new ImageVerification(new SharedChart(app, 'infrastructure', { profile }), 'signed-images');
  return (loadAll(app.synthYaml()) as (Manifest | null)[]).filter((manifest): manifest is Manifest => !!manifest && KINDS.includes(manifest.kind));
}

describe.each(['1.36', '1.27'])('image policies and secrets by their CRDs on Kubernetes %s', (version) => {
  let cluster: Cluster;
  const manifests = [...rendered('kyverno'), ...rendered('policy-controller').filter(({ kind }) => kind === 'ClusterImagePolicy')];

  beforeAll(async () => {
    cluster = await Cluster.start(version);
    expect(await cluster.installCrds(...CRDS)).toMatchObject({ status: 0, stderr: '' });
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
    ]);
  });

  test('are not changed when they are applied again', async () => {
    const kinds = ['imagevalidatingpolicies', 'clusterimagepolicies', 'externalsecrets', 'sealedsecrets', 'prometheusrules'];
    const generationsOf = async (kind: string) => (await cluster.list(kind)).map(({ metadata }) => metadata.generation);
    const generations = async () => Object.fromEntries(await Promise.all(kinds.map(async (kind) => [kind, await generationsOf(kind)])));
    const before = await generations();
    expect(Object.values(before).map((found: any) => found.length)).toEqual([1, 2, 2, 1, 3]);
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
    ['holds nothing', 'SealedSecret', (spec) => { delete spec.encryptedData; }, 'spec.encryptedData: Required value'],
  ])('one is refused that %s', async (_what, kind, change, message) => {
    const twin: Manifest = JSON.parse(JSON.stringify(manifests.find((manifest) => manifest.kind === kind)));
    twin.metadata.name = `${twin.metadata.name}-twin`;
    change(twin.spec);
    const { status, stderr } = await cluster.apply([twin]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(message) });
  });
});

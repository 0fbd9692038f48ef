import { Testing } from 'cdk8s';
import { binary } from './support/binary';
import { attempt } from './support/process';
import { SharedChart } from '../../src/platform/shared-chart';
import { ImageSigner } from '../../src/security/image-signer';
import { ImageVerification } from '../../src/security/image-verification';
import { group, manifestsOf, profileWith } from '../support/platform';

const BASE = 'org.opencontainers.image.base.name';
const KEY = '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEa9KK4eP0P4Zi72infBg4/FUwe91X\n2kWs0TvuBwSQmZMliCpqUDSgwQ0zrkxDK7QBQomRJddKQZdjcOMkNz5I6w==\n-----END PUBLIC KEY-----\n';

/** How an image of the test is built. */
interface Build {
  readonly annotations?: { [name: string]: string };
  readonly labels?: { [name: string]: string };
  readonly platforms?: string[];
  readonly indexAnnotations?: { [name: string]: string };
}

/** The policy, where images may be built upon distroless ones, Alpine and what is in a folder of the own registry. */
function policy(): any {
  const app = Testing.app();
  const baseImages = ['gcr.io/distroless', 'docker.io/library/alpine', 'registry.example.com/base'];
  const profile = profileWith({ images: { signers: [ImageSigner.publicKey(KEY)], baseImages } });
  group({ app, profile });
  const shared = new SharedChart(app, 'infrastructure', { profile });
  new ImageVerification(shared, 'signed-images');
  const [rendered] = manifestsOf(shared).of('ImageValidatingPolicy');
  return rendered;
}

/** What Kyverno's own expressions say of images in a registry: the messages of the rules that each breaks. */
async function judged(images: { [image: string]: Build }, asked = policy()) {
  return attempt(await binary('kyverno-images-1.19'), [], { input: JSON.stringify({ policy: asked, images }) });
}

const image = (name: string) => `registry.example.com/${name}:1`;
const upon = (base: string): Build => ({ annotations: { [BASE]: base } });
const REFUSED = 'images of containers that do not say by org.opencontainers.image.base.name that they are built upon gcr.io/distroless or '
  + 'docker.io/library/alpine or registry.example.com/base. Build them upon one of these, and annotate the manifest.';

const ALLOWED: { [name: string]: Build } = {
  'distroless': upon('gcr.io/distroless/static-debian12:nonroot'),
  'alpine': upon('docker.io/library/alpine:3.22'),
  'alpine-by-its-short-name': upon('alpine:3.22'),
  'alpine-by-its-digest': upon(`library/alpine@sha256:${'0'.repeat(64)}`),
  'alpine-of-any-version': upon('docker.io/library/alpine'),
  'our-own-base': upon('registry.example.com/base/java:21'),
  'several-platforms': { ...upon('gcr.io/distroless/static'), platforms: ['arm64', 'amd64'] },
};
const NOT_ALLOWED: { [name: string]: Build } = {
  'debian': upon('docker.io/library/debian:12'),
  'nothing-said': {},
  'other-annotations': { annotations: { 'org.opencontainers.image.title': 'order' } },
  'a-neighbour-by-its-name': upon('gcr.io/distroless-forks/static'),
  'alpine-git': upon('alpine/git:2'),
  'alpine-elsewhere': upon('registry.example.com/library/alpine:3.22'),
  'empty': upon(''),
  // an image inherits the labels of its base, and with them what that one was built upon
  'a-label': { labels: { [BASE]: 'gcr.io/distroless/static' } },
  'the-index-alone': { platforms: ['amd64'], indexAnnotations: { [BASE]: 'gcr.io/distroless/static' } },
};

test('images say in their manifest what they are built upon, and others are refused', async () => {
  const images = Object.fromEntries(Object.entries({ ...ALLOWED, ...NOT_ALLOWED }).map(([name, build]) => [image(name), build]));
  const { status, stdout, stderr } = await judged(images);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual(Object.fromEntries([
    ...Object.keys(ALLOWED).map((name) => [image(name), []]), ...Object.keys(NOT_ALLOWED).map((name) => [image(name), [REFUSED]]),
  ]));
});

test('images of others are left alone', async () => {
  const { stdout } = await judged({ 'docker.io/daprio/daprd:1.18': upon('docker.io/library/debian:12') });
  expect(JSON.parse(stdout)).toEqual({ 'docker.io/daprio/daprd:1.18': [] });
});

test('an expression that Kyverno does not know is an error', async () => {
  const twin = policy();
  twin.spec.validations[3].expression = twin.spec.validations[3].expression.replace('GetMetadata', 'getMetaData');
  expect(await judged({ [image('order')]: {} }, twin)).toEqual({ status: 1, stdout: '', stderr: expect.stringContaining("undeclared reference to 'getMetaData'") });
});

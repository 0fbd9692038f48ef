import { Image, type ImageReference } from './image';

/**
 * A version of an image that the library names, the day on which it was the newest of its line that a public source states, and that source.
 */
export interface ImagePin {
  readonly image: Image;
  /** As `YYYY-MM-DD`. */
  readonly date: string;
  readonly source: string;
}

function pin(repository: string, reference: ImageReference, date: string, source: string): ImagePin {
  return { image: Image.of(repository, reference), date, source };
}

/** All images that the library names. A digest is one that the source states. */
export const PINS = {
  argoCd: pin('quay.io/argoproj/argocd', { tag: 'v3.4.13' }, '2026-11-30', 'https://github.com/argoproj/argo-cd/releases/tag/v3.3.19'),
  awsCli: pin('docker.io/amazon/aws-cli', { tag: '2.22.35' }, '2026-11-21', 'https://github.com/aws/aws-cli'),
  // the image with a shell and the one without need the same version; of v0.34 no source states both digests
  buildKit: pin('docker.io/moby/buildkit', {
    tag: 'v0.33.0-rootless', digest: 'sha256:80b15f0735e87bab7bf59ec4d695dfb4a7cfb25521cf56dc75d6f256285b63ef',
  }, '2026-11-30', 'https://github.com/moby/moby/pull/53554'),
  buildx: pin('docker.io/moby/buildkit', {
    tag: 'v0.33.0', digest: 'sha256:6c2fa84a6b61ccd72899dde4239f8d5717f05f9a8ca6f3cad185fb1a95a94de3',
  }, '2026-11-30', 'https://github.com/moby/moby/pull/53554'),
  // with a shell, which the one without -dev has not
  cosign: pin('ghcr.io/sigstore/cosign/cosign', { tag: 'v3.0.5-dev' }, '2026-11-21', 'https://github.com/sigstore/cosign/releases'),
  envoy: pin('docker.io/envoyproxy/envoy', { tag: 'distroless-v1.40.0' }, '2026-11-21', 'https://github.com/envoyproxy/envoy/releases'),
  etcd: pin('gcr.io/etcd-development/etcd', { tag: 'v3.6.16' }, '2026-11-30', 'https://github.com/etcd-io/etcd/blob/main/CHANGELOG/CHANGELOG-3.6.md'),
  node: pin('docker.io/library/node', { tag: '22.21.1-bookworm' }, '2026-11-21', 'https://github.com/nodejs/node/releases'),
  postgresql: pin('ghcr.io/cloudnative-pg/postgresql', {
    tag: '15.19-202608310817-system-bookworm', digest: 'sha256:330561600e28acce0da770043054db7abedddd22a50cc00f794512d2acba9390',
  }, '2026-11-30', 'https://github.com/cloudnative-pg/artifacts/blob/main/image-catalogs/catalog-system-bookworm.yaml'),
  redis: pin('docker.io/library/redis', { tag: '7.2.16-bookworm' }, '2026-11-30', 'https://github.com/docker-library/official-images/pull/22078'),
  redisOfOperator: pin('quay.io/opstree/redis', { tag: 'v7.2.16' }, '2026-11-30', 'https://github.com/OT-CONTAINER-KIT/redis/issues/104'),
  // 0.69.4 to 0.69.6 were malicious: https://github.com/aquasecurity/trivy/security/advisories/GHSA-69fq-xp46-6x23
  trivy: pin('docker.io/aquasec/trivy', {
    tag: '0.69.3', digest: 'sha256:bcc376de8d77cfe086a917230e818dc9f8528e3c852f7b1aff648949b6258d1c',
  }, '2026-11-21', 'https://github.com/aquasecurity/trivy/security/advisories/GHSA-69fq-xp46-6x23'),
} as const;

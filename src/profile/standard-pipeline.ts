import { Duration } from 'cdk8s';
import type { ProfileValues } from './profile-values';
import { Image } from '../values/image';

/**
 * The defaults of delivery pipelines: a part of the standard profile. What each environment changes is in `environment.ts`.
 */
export function standardPipeline(): Pick<ProfileValues, 'pipeline'> {
  return {
    pipeline: {
      checks: [],
      approval: false,
      rollback: false,
      soak: Duration.seconds(0),
      // every organisation has its own
      steps: {},
      toolchain: undefined,
      install: ['npm ci'],
      synthesis: ['npm run synth'],
      severities: ['HIGH', 'CRITICAL'],
      unfixed: false,
      baseImages: ['alpine', 'distroless', 'scratch', 'wolfi', 'chainguard'],
      stepTimeout: Duration.minutes(30),
      deployTimeout: Duration.minutes(20),
      approvalTimeout: Duration.days(3),
      pushAttempts: 8,
      author: 'Delivery <delivery@example.com>',
      runner: 'ubuntu-24.04',
      images: {
        release: Image.of('docker.io/library/node', { tag: '22.21.1-bookworm' }),
        // 0.69.4 to 0.69.6 were malicious: https://github.com/aquasecurity/trivy/security/advisories/GHSA-69fq-xp46-6x23
        scan: Image.of('docker.io/aquasec/trivy', {
          tag: '0.69.3', digest: 'sha256:bcc376de8d77cfe086a917230e818dc9f8528e3c852f7b1aff648949b6258d1c',
        }),
        buildKit: Image.of('docker.io/moby/buildkit', {
          tag: 'v0.26.2-rootless', digest: 'sha256:0ffa2fcf6b8757c47d569b3ef0f03f9d5eb3b9ff5ce68d858f994f89b749da0c',
        }),
        buildx: Image.of('docker.io/moby/buildkit', {
          tag: 'v0.26.2', digest: 'sha256:de10faf919fc71ba4eb1dd7bd6449566d012b0c9436b1c61bfee21d621b009aa',
        }),
        // with a shell, which the one without -dev has not
        sign: Image.of('ghcr.io/sigstore/cosign/cosign', { tag: 'v3.0.5-dev' }),
        argoCd: Image.of('quay.io/argoproj/argocd', { tag: 'v3.2.3' }),
      },
      resources: {
        cpuRequest: '250m',
        cpuLimit: '2',
        memoryRequest: '512Mi',
        memoryLimit: '2Gi',
        ephemeralStorageRequest: '256Mi',
        ephemeralStorageLimit: '2Gi',
      },
      workspace: '5Gi',
    },
  };
}

import { Duration } from 'cdk8s';
import type { ProfileValues } from './profile-values';
import { ADMISSION_RULES } from '../security/admission-settings';

/**
 * What may run, and with which secrets: a part of the standard profile.
 */
export function standardAdmission(): Pick<ProfileValues, 'images' | 'admission' | 'secrets'> {
  return {
    // every organisation has its own store
    secrets: { store: undefined, provider: undefined, refreshInterval: Duration.hours(1), rotation: Duration.days(90) },
    images: { requireDigest: false, registries: [], signers: [], baseImages: [], verifier: 'kyverno' },
    admission: {
      actions: ['Deny'],
      rules: [...ADMISSION_RULES],
      requiredLabels: ['app', 'app.kubernetes.io/name', 'app.kubernetes.io/part-of'],
      // where their projects publish them
      injectedContainers: {
        'daprd': ['docker.io/daprio/daprd', 'ghcr.io/dapr/daprd'],
        'istio-proxy': ['docker.io/istio/proxyv2'],
        'istio-validation': ['docker.io/istio/proxyv2'],
        'linkerd-proxy': ['cr.l5d.io/linkerd/proxy'],
        'linkerd-network-validator': ['cr.l5d.io/linkerd/proxy'],
        'queue-proxy': ['gcr.io/knative-releases/knative.dev/serving/cmd/queue'],
      },
    },
  };
}

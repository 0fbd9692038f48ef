import type { IRule } from '../rule';
import { Severity } from '../severity';

export const ABRUPT_END: IRule = {
  id: 'MS-AVAIL-003',
  severity: Severity.WARNING,
  why: 'A container has no preStop hook, so it gets SIGTERM while requests still arrive.',
  fix: 'Serve for some seconds after SIGTERM, or use Kubernetes 1.30 or later, whose hook needs no shell.',
  check: (manifests) => {
    const served = new Set(manifests.of('Service', '').flatMap((service) => manifests.podsSelectedBy(service)));
    return [...manifests.of('Deployment', 'apps'), ...manifests.of('Rollout', 'argoproj.io')].filter((manifest) => {
      const [container] = manifest.podTemplate?.spec?.containers ?? [];
      return served.has(manifest) && container !== undefined && container.lifecycle?.preStop === undefined;
    }).map((manifest) => ({ manifest, field: '/spec/template/spec/containers/0/lifecycle' }));
  },
};

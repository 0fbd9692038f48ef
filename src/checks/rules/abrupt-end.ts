import type { IRule } from '../rule';
import { Severity } from '../severity';

export const ABRUPT_END: IRule = {
  id: 'MS-AVAIL-003',
  severity: Severity.WARNING,
  why: 'A container has no preStop hook, so it gets SIGTERM while requests still arrive.',
  fix: 'Serve for some seconds after SIGTERM, or use Kubernetes 1.30 or later, whose hook needs no shell.',
  check: (manifests) => {
    const abrupt = [...manifests.of('Deployment', 'apps'), ...manifests.of('Rollout', 'argoproj.io')].filter(({ podTemplate }) => {
      const [container] = podTemplate?.spec?.containers ?? [];
      return container !== undefined && container.lifecycle?.preStop === undefined;
    });
    const served = abrupt.length === 0 ? [] : manifests.of('Service', '').flatMap((service) => manifests.podsSelectedBy(service));
    const isServed = new Set(served);
    return abrupt.filter((manifest) => isServed.has(manifest)).map((manifest) => ({ manifest, field: '/spec/template/spec/containers/0/lifecycle' }));
  },
};

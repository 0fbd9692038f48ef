import type { IRule } from '../rule';
import { Severity } from '../severity';

const ANNOTATIONS = ['dapr.io/volume-mounts', 'dapr.io/volume-mounts-rw'];

export const ABSENT_SIDECAR_VOLUME: IRule = {
  id: 'MS-DAPR-006',
  severity: Severity.ERROR,
  why: "A Dapr sidecar mounts a volume that its pod does not have, which Dapr's injector leaves out without an error.",
  fix: 'Name a volume of the pod in volumeMounts.',
  check: (manifests) => manifests.workloads().flatMap((manifest) => {
    const { metadata, spec } = manifest.podTemplate;
    const present: readonly string[] = (spec?.volumes ?? []).map(({ name }: any) => name);
    const mounted = ANNOTATIONS.flatMap((name) => `${metadata?.annotations?.[name] ?? ''}`.split(',')).map((mount) => mount.trim().split(':')[0]);
    return mounted.filter((name) => name !== '' && !present.includes(name)).map((name) => ({
      manifest, problem: `mounts '${name}', and the volumes are ${present.length === 0 ? 'none' : [...present].sort().join(', ')}`,
    }));
  }),
};

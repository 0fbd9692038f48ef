import type { IRule } from '../rule';
import { Severity } from '../severity';

export const SECRET_VARIABLE: IRule = {
  id: 'MS-SEC-001',
  severity: Severity.WARNING,
  why: 'A container reads a secret from an environment variable, which child processes and crash dumps see.',
  fix: 'Use secretFiles if the image can read files.',
  check: (manifests) => manifests.workloads().flatMap((manifest) => {
    const { initContainers = [], containers = [] } = manifest.podTemplate.spec ?? {};
    return [...initContainers, ...containers].flatMap(({ name, env = [], envFrom = [] }: any) => [
      ...env.filter(({ valueFrom }: any) => valueFrom?.secretKeyRef !== undefined).map((variable: any) => `${variable.name}`),
      ...envFrom.filter(({ secretRef }: any) => secretRef !== undefined).map(({ secretRef }: any) => `all of the Secret '${secretRef.name}'`),
    ].map((what) => ({ manifest, problem: `gives ${what} to the container '${name}'` })));
  }),
};

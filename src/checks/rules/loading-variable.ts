import type { IRule } from '../rule';
import { Severity } from '../severity';

/** Variables by which a program loads or runs code that is not its own, whatever its command is. */
const LOADING = ['LD_PRELOAD', 'LD_AUDIT', 'LD_LIBRARY_PATH', 'GCONV_PATH', 'BASH_ENV', 'PYTHONSTARTUP', 'PERL5OPT', 'RUBYOPT'];

/** @see https://man7.org/linux/man-pages/man8/ld.so.8.html#ENVIRONMENT */
export const LOADING_VARIABLE: IRule = {
  id: 'MS-SEC-004',
  severity: Severity.WARNING,
  why: 'An environment variable makes every program of a container load code that its command does not name.',
  fix: 'Set it in the image, where it is built and signed, or acknowledge it.',
  check: (manifests) => manifests.workloads().flatMap((manifest) => {
    const { initContainers = [], containers = [] } = manifest.podTemplate.spec ?? {};
    const keysOf = (name: string) => Object.keys(manifests.named('ConfigMap', name, manifest.namespace)?.json.data ?? {});
    return [...initContainers, ...containers].flatMap(({ name, env = [], envFrom = [] }: any) => [
      ...env.map((variable: any) => variable.name),
      ...envFrom.flatMap(({ configMapRef, prefix = '' }: any) => configMapRef === undefined ? [] : keysOf(configMapRef.name).map((key) => `${prefix}${key}`)),
    ].filter((variable) => LOADING.includes(variable)).map((variable) => ({ manifest, problem: `gives ${variable} to the container '${name}'` })));
  }),
};

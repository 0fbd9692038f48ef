import type { ManifestSet } from '../../manifests/manifest-set';
import type { Violation } from '../violation';

/** Repositories of images that start a server by default. */
const SERVER = /(?:^|\/)(?:redis|valkey)(?=[:@]|$)/;

/** A command line that leaves nothing to a configuration file or a script. */
const PLAIN = /^(?:(?:\S+\/)?(?:redis|valkey)-server)?(?: (?!\S*\.conf\b).*)?$/;

/** Containers that start Redis by options alone and fulfil a condition. */
export function plainRedisServers(manifests: ManifestSet, isPlain: (start: string) => boolean): Violation[] {
  return manifests.workloads().flatMap((manifest) => (manifest.podTemplate.spec?.containers ?? [])
    .filter(({ image, command = [], args = [] }: any) => {
      const start = [...command, ...args].join(' ');
      const line = command.length > 0 || /^(?:redis|valkey)-server\b/.test(start) ? start : ` ${start}`.trimEnd();
      return SERVER.test(`${image}`) && PLAIN.test(line) && !/\.conf\b/.test(line) && isPlain(line);
    })
    .map(({ name }: any) => ({ manifest, problem: `in the container '${name}'` })));
}

import { posix } from 'node:path';
import { fail } from './errors';
import type { Place } from './value-checks';
import { show } from './value-checks';

/** Linux opens no longer path. */
const LONGEST_PATH = 4095;

/**
 * The absolute path of a folder in a container.
 *
 * @param what the field, such as `mountPath`
 */
export function absoluteFolder(where: Place, what: string, path: string): string {
  if (typeof path !== 'string' || !/^\/[A-Za-z0-9._/@+-]+$/.test(path) || path.split('/').includes('..')) {
    fail(where, `expected ${what} as an absolute folder, got ${show(path)}`, "Write a path such as '/var/lib/catalog'");
  }
  if (posix.normalize(path) === '/') {
    fail(where, `${what} is the root of the container, and a volume there hides the image`, "Write a path such as '/var/lib/catalog'");
  }
  return path.length <= LONGEST_PATH ? path
    : fail(where, `${what} ${show(path)} has ${path.length} characters, and Linux opens paths of ${LONGEST_PATH} at most`, 'Shorten it');
}

/** A path as the kubelet compares it: `//tmp/` is `/tmp`. */
export function plainFolder(path: string): string {
  return posix.join(path, '/').slice(0, -1);
}

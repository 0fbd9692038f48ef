import type { Construct } from 'constructs';
import { fail } from './errors';
import { sorted } from './sorted';
import { plainText, show } from './value-checks';

/** @see https://www.rfc-editor.org/rfc/rfc9110.html#section-9 */
const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/** The path that every other one is below. */
export const EVERY_PATH: readonly string[] = ['/'];

/** Which requests may be made: each method at each path and what is below it. */
export interface Requests {
  readonly methods?: readonly string[];
  readonly paths?: readonly string[];
}

/** Fails on what a layer could not tell apart, or would take for a pattern. */
export function checkRequests(where: Construct | string, { methods, paths }: Requests): void {
  if (methods?.length === 0 || paths?.length === 0) {
    const empty = methods?.length === 0 ? 'methods' : 'paths';
    fail(where, `${empty} is an empty list, which would allow nothing`, `Name one, or leave ${empty} out`);
  }
  const unknown = methods?.find((method) => !METHODS.includes(method));
  if (unknown !== undefined) {
    const near = METHODS.find((method) => method === String(unknown).toUpperCase());
    fail(where, `${show(unknown)} is no method of HTTP: those are ${METHODS.join(', ')}`, near ? `Write '${near}'` : 'Write one of them');
  }
  for (const path of paths ?? []) {
    plainText(where, 'a path', path);
    // the characters of a path segment, without those that Istio, Cilium or Dapr read as a pattern
    if (!/^\/$|^(?:\/[A-Za-z0-9._~-]+)+$/.test(path)) {
      fail(where, `the path '${path}' is no plain path`, "Write segments of letters, digits, '.', '_', '~' and '-', such as '/orders': what is below it is meant too");
    }
  }
}

/** The paths in order, without those that another one covers. */
export function shortestPaths(paths: readonly string[]): string[] {
  return sorted([...new Set(paths)].filter((path) => !paths.some((other) => other !== path && isBelow(path, other))), (path) => path);
}

/** Whether a path is another one, or below it. */
export function isBelow(path: string, other: string): boolean {
  return path === other || other === '/' || path.startsWith(`${other}/`);
}

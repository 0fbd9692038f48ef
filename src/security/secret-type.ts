import type { Construct } from 'constructs';
import { fail } from '../values/errors';
import { show } from '../values/value-checks';

/** Fails on a text that is not the type of a Secret. */
export function checkSecretType(where: Construct, type: string | undefined): void {
  if (type !== undefined && !/^(?=.{1,253}$)[A-Za-z0-9](?:[-\w./]*[A-Za-z0-9])?$/.test(type)) {
    fail(where, `${show(type)} is not the type of a Secret`, "Write a type such as 'Opaque' or 'kubernetes.io/tls'");
  }
}

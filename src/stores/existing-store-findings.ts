import type { Construct } from 'constructs';
import { recordFinding } from '../checks/registry';
import { STORE_WITHOUT_PASSWORD } from '../checks/rules/store-without-password';
import { STORE_WITHOUT_TLS } from '../checks/rules/store-without-tls';

/** Records what protects the connections to a store that exists already, and what does not. */
export function recordInsecure(store: Construct, access: { readonly tls: boolean; readonly password: boolean }): void {
  if (!access.tls) {
    recordFinding(store, STORE_WITHOUT_TLS);
  }
  if (!access.password) {
    recordFinding(store, STORE_WITHOUT_PASSWORD);
  }
}

import type { Construct } from 'constructs';
import { fail } from '../values/errors';
import { show } from '../values/value-checks';

const HOST = '[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::[1-9]\\d{0,4})?';
const FOLDERS = '[A-Za-z0-9_~-][A-Za-z0-9._~-]*(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*';
const HTTPS = new RegExp(`^https://${HOST}(?:/${FOLDERS})?/?$`);
const SSH = new RegExp(`^ssh://[a-z_][a-z0-9_.-]*@${HOST}/${FOLDERS}$`);

/** The address of a Git repository as Argo CD reads it. Credentials are Argo CD's own, and never stand in an address. */
export function gitAddress(where: Construct | string, address: string): string {
  refuseCredentials(where, address);
  if (typeof address !== 'string' || !(HTTPS.test(address) || SSH.test(address))) {
    fail(where, `repository ${show(address)} is not the address of a Git repository`,
      "Write one such as 'https://git.example.com/acme/shop.git' or 'ssh://git@git.example.com/acme/shop.git'");
  }
  return address;
}

/** The address of a repository of Helm charts. */
export function chartAddress(where: Construct | string, address: string): string {
  refuseCredentials(where, address);
  if (typeof address !== 'string' || !HTTPS.test(address)) {
    fail(where, `repository ${show(address)} is not the address of a repository of charts`, "Write one such as 'https://charts.example.com/stable'");
  }
  return address;
}

/** Folders of a repository, from its root. */
export function repositoryFolder(where: Construct | string, what: string, folder: string): string {
  if (typeof folder !== 'string' || !new RegExp(`^${FOLDERS}$`).test(folder)) {
    fail(where, `${what} ${show(folder)} is not folders joined by '/'`, "Write them from the root of the repository, such as 'applications' or 'deploy/dist'");
  }
  return folder;
}

function refuseCredentials(where: Construct | string, address: string): void {
  if (typeof address === 'string' && /^https?:\/\/[^/]*@|^ssh:\/\/[^/@]*:[^/]*@/.test(address)) {
    // not shown, because that is what it would give away
    fail(where, 'the address of the repository holds credentials, and everybody reads it', 'Leave them out, and add the repository with its credentials to Argo CD');
  }
}

import type { ApiObject } from 'cdk8s';
import { podSecurityProblems } from '../manifests/pod-security';
import { schemaProblems } from '../manifests/schemas/schema-check';
import { PlatformProfile } from '../profile/platform-profile';
import { POD_SECURITY_SETTINGS } from '../security/pod-security-settings';
import { describe } from '../values/errors';

interface Refusal {
  /** A JSON pointer. */
  readonly path: string;
  readonly text: string;
}

/** What the API server refuses in a patched manifest and not in the manifest before. */
export function refusals(object: ApiObject, before: any, after: any): Refusal[] {
  const profile = PlatformProfile.of(object);
  const known = new Set(allRefusals(before, profile).map(({ path, text }) => `${path} ${text}`));
  return allRefusals(after, profile).filter(({ path, text }) => !known.has(`${path} ${text}`));
}

function allRefusals(manifest: any, profile: PlatformProfile): Refusal[] {
  const minor = Number(`${profile._values.kubernetesVersion}`.split('.')[1]);
  const level = POD_SECURITY_SETTINGS.of(profile).podSecurityLevel;
  const group = String(manifest.apiVersion).includes('/') ? String(manifest.apiVersion).split('/')[0] : '';
  return [
    ...schemaProblems(manifest, minor).map(({ path, problem, remedy }) => ({ path, text: describe(problem, remedy) })),
    ...podSecurityProblems(group, manifest, level).map(({ path, problem }) => ({
      path, text: describe(`${problem}, which Pod Security '${level}' refuses`, 'Remove the patch, or choose another podSecurityLevel for the platform'),
    })),
  ];
}

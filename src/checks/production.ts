import { isBelow } from './path';
import type { Manifest } from '../manifests/manifest';
import type { ManifestSet } from '../manifests/manifest-set';
import { Stage } from '../profile/stage';

const TRIALS: readonly unknown[] = [Stage.DEVELOPMENT, Stage.STAGING];

/**
 * Tells whether a manifest is in production, as all are that nothing is known of.
 *
 * @param trials the paths of charts that are not
 */
export function productionIn(manifests: ManifestSet, trials: readonly string[]): (manifest: Manifest) => boolean {
  const namespaces = new Set(manifests.workloads().filter((workload) => TRIALS.includes(appEnvOf(workload))).map(({ namespace }) => namespace));
  return ({ namespace, place: { path } }) => !namespaces.has(namespace) && !trials.some((trial) => isBelow(trial, path));
}

function appEnvOf({ podTemplate }: Manifest): unknown {
  return (podTemplate.spec?.containers ?? []).flatMap(({ env }: any) => env ?? []).find(({ name }: any) => name === 'APP_ENV')?.value;
}

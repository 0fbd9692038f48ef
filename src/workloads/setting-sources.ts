import type { WorkloadKind } from './workload-kind';
import type { WorkloadProps } from './workload-props';
import { FAMILIES, VALUE_KEYS } from '../inputs/values-schema';

/** What code and profile say of a setting that files can set too. */
export interface SettingSource {
  /** Undefined if the code of the service does not set it. */
  readonly code: unknown;
  /** The dotted name of the setting in the platform profile. */
  readonly profile: string;
}

/**
 * The sources of a setting, by its key in a values file, or undefined if there is no such setting.
 */
export function sourceOf(setting: string, props: WorkloadProps, { scaling, dapr }: Pick<WorkloadKind, 'scaling' | 'dapr'>): SettingSource | undefined {
  if (!VALUE_KEYS.has(setting) && !FAMILIES.has(setting.split('.')[0])) {
    return undefined;
  }
  const [section, ...rest] = setting.split('.');
  switch (section) {
    case 'image':
      return { code: props.image, profile: 'imageRegistry' };
    case 'replicas':
      return scaling && { code: scaling._says(rest.join('.')), profile: `${scaling._kind === 'queue' ? 'workers' : 'scaling'}.${rest.join('.')}` };
    case 'autoscaling':
      return scaling && scaling._kind !== 'queue' ? { code: scaling._says(rest.join('.')), profile: `scaling.${rest.join('.')}` } : undefined;
    case 'resources':
      return { code: amount(props.resources?._amountTexts(), rest), profile: `resources.${fieldOf(rest)}` };
    case 'sidecar':
      return { code: amount(dapr._options.resources, rest.slice(1)), profile: `sidecar.resources.${fieldOf(rest.slice(1))}` };
    case 'logLevel':
      return { code: props.logLevel, profile: 'logLevel' };
    case 'env':
      return { code: props.env?.[rest.join('.')], profile: 'env' };
    case 'config':
      return { code: props.config?.[rest.join('.')], profile: 'config' };
    default:
      return undefined;
  }
}

function amount(amounts: object | undefined, path: string[]): unknown {
  return (amounts as Record<string, unknown> | undefined)?.[fieldOf(path)];
}

/** `limits.ephemeral-storage` is the field `ephemeralStorageLimit`. */
function fieldOf([bound, resource]: string[]): string {
  const name = resource === 'ephemeral-storage' ? 'ephemeralStorage' : resource;
  return `${name}${bound === 'limits' ? 'Limit' : 'Request'}`;
}

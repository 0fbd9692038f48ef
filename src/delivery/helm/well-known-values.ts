import { isCarried } from './carried';
import { type ChartObject, type ImageParts, podTemplatePath, type ServiceFacts } from './service-facts';
import type { ValuePath } from './template-node';
import type { ByEnvironment, Word } from './words';
import { CHECKSUM, checksum } from '../../core/pod-parts';
import { LOADED_CHECKSUM } from '../../dapr/loaded-objects';
import { VERSION_LABEL, versionLabel, versionName } from '../../values/labels';
import { OPTIONS } from '../sync-waves';

/** A field that people know by a name of its own: a value under that name, or text that a helper makes of such values. */
export type WellKnown = { readonly value: ValuePath } | { readonly helper: Helper };

/** Templates of text that is made of well-known values. */
export type Helper = 'image' | 'version' | 'run' | 'checksum';

/** The fields that say how many pods there are. */
const REPLICAS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  HorizontalPodAutoscaler: { minReplicas: 'min', maxReplicas: 'max' },
  ScaledObject: { minReplicaCount: 'min', maxReplicaCount: 'max' },
  Deployment: { replicas: 'count' },
  Rollout: { replicas: 'count' },
};

const PERCENTS: Readonly<Record<string, string>> = { cpu: 'cpuPercent', memory: 'memoryPercent' };

/** What templates of a service say by names that people know. */
export class WellKnownValues {
  constructor(private readonly service: string, private readonly facts: ByEnvironment<ServiceFacts>) {}

  /**
   * How templates say a field of an object, if it has a well-known name.
   *
   * @param path keys, and the names of list items
   * @param fields what the field holds in each environment that has it
   */
  public of(object: ChartObject, path: readonly string[], fields: ByEnvironment<unknown>): WellKnown | undefined {
    const helper = this.helperOf(object, path, fields);
    const value = helper ? undefined : isPruning(path, fields) ? ['syncOptions'] : this.valueOf(object, path);
    return helper ? { helper } : value && { value };
  }

  /** The name of a Job, if the version of its image is a part of it. */
  public run(): Word | undefined {
    const names = new Map([...this.facts].map(([environment, { image }]) => [environment, image ? `${this.service}-${versionName(image.tag, image.digest)}` : '']));
    return [...this.facts].every(([environment, { job }]) => job !== undefined && job === names.get(environment))
      ? { action: `include "${this.service}.run" .`, texts: names, whole: true } : undefined;
  }

  private helperOf(object: ChartObject, path: readonly string[], fields: ByEnvironment<unknown>): Helper | undefined {
    const isEverywhere = (made: (facts: ServiceFacts) => string | undefined) => [...fields].every(([environment, field]) => (
      typeof field === 'string' && made(this.facts.get(environment)!) === field));
    const last = path[path.length - 1];
    const pods = [...podTemplatePath(object) ?? [], 'spec'];
    const isInPod = pods.length > 1 && pods.every((key, index) => path[index] === key);
    if (last === 'image' && isInPod && isEverywhere(({ image }) => image && imageText(image))) {
      return 'image';
    }
    if (last === VERSION_LABEL && path.slice(0, -1).pop() === 'labels' && isEverywhere(({ image }) => image && versionLabel(image.tag, image.digest))) {
      return 'version';
    }
    return last === CHECKSUM && isEverywhere(({ config }) => config && isCarried(config) ? checksum(config) : undefined) ? 'checksum' : undefined;
  }

  private valueOf(object: ChartObject, path: readonly string[]): ValuePath | undefined {
    const pods = podTemplatePath(object);
    const own = [...pods ?? [], 'spec', 'containers', this.service];
    if (pods && own.every((key, index) => path[index] === key)) {
      return containerValue(path.slice(own.length));
    }
    if (pods && object.metadata.name === this.service && path.at(-1) === LOADED_CHECKSUM) {
      return ['daprChecksum'];
    }
    const [section, name, ...further] = path;
    if (name === undefined || further.length > 0) {
      return percentValue(object, path);
    }
    if (object.kind === 'ConfigMap' && object.metadata.name === this.service && section === 'data') {
      return ['config', name];
    }
    const replicas = section === 'spec' ? REPLICAS[object.kind]?.[name] : undefined;
    return replicas === undefined ? undefined : ['replicas', replicas];
  }
}

export function imageText({ repository, tag, digest }: ImageParts): string {
  return `${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** Whether a field says what becomes of an object that is no longer rendered, which is the same for all such objects of an environment. */
function isPruning(path: readonly string[], fields: ByEnvironment<unknown>): boolean {
  return path.join(' ') === `metadata annotations ${OPTIONS}` && [...fields.values()].every((option) => option === 'Prune=true' || option === 'Prune=false');
}

function containerValue([field, name, key, ...further]: readonly string[]): ValuePath | undefined {
  if (key === undefined || further.length > 0) {
    return undefined;
  }
  if (field === 'resources') {
    return ['resources', name, key];
  }
  const isVariable = field === 'env' && key === 'value';
  return isVariable ? name === 'LOG_LEVEL' ? ['logLevel'] : ['env', name] : undefined;
}

function percentValue({ kind }: ChartObject, path: readonly string[]): ValuePath | undefined {
  const [spec, metrics, resource, , target, field] = path;
  return kind === 'HorizontalPodAutoscaler' && spec === 'spec' && metrics === 'metrics' && target === 'target' && field === 'averageUtilization' && PERCENTS[resource]
    ? ['autoscaling', PERCENTS[resource]] : undefined;
}

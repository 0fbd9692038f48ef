import type { Construct } from 'constructs';
import type { WorkloadProps } from './workload-props';
import { CHECKSUM } from '../core/pod-parts';
import { LOADED_CHECKSUM } from '../dapr/loaded-objects';
import { checkAnnotations } from '../values/annotations';
import { fail } from '../values/errors';
import type { Labels } from '../values/labels';
import { checkAddedLabels } from '../values/labels';

/** Labels and annotations of one kind of object of a workload. */
export interface ObjectMetadata {
  readonly labels: Labels;
  readonly annotations: Labels;
}

/** Labels and annotations that the code adds to the objects of a workload. */
export interface AddedMetadata {
  readonly pod: ObjectMetadata;
  readonly service: ObjectMetadata;
  readonly serviceAccount: ObjectMetadata;
}

/** Annotations that other settings render. */
const OWNED: readonly [string, string][] = [
  ['dapr.io/', 'Use Dapr.sidecar({ ... })'],
  ['autoscaling.knative.dev/', 'Use scaling of a KnativeFunction'],
  ['queue.sidecar.serving.knative.dev/', 'Use queueProxy of a KnativeFunction'],
  [CHECKSUM, 'Leave it out'],
  [LOADED_CHECKSUM, 'Leave it out'],
];

/** Fails on names that the library sets itself, and on values that the API server refuses. */
export function addedMetadata(where: Construct, props: WorkloadProps): AddedMetadata {
  const {
    podAnnotations = {}, podLabels = {}, serviceAnnotations = {}, serviceLabels = {}, serviceAccountAnnotations = {}, serviceAccountLabels = {},
  } = props;
  for (const name of Object.keys(podAnnotations)) {
    const owned = OWNED.find(([prefix]) => name.startsWith(prefix));
    if (owned) {
      fail(where, `the annotation '${name}' of pods is set by the library`, owned[1]);
    }
  }
  return {
    pod: checked(where, podLabels, podAnnotations),
    service: checked(where, serviceLabels, serviceAnnotations),
    serviceAccount: checked(where, serviceAccountLabels, serviceAccountAnnotations),
  };
}

function checked(where: Construct, labels: Labels, annotations: Labels): ObjectMetadata {
  checkAddedLabels(where, labels);
  checkAnnotations(where, annotations);
  return { labels, annotations };
}

/** Fails if a workload has labels or annotations for a Service that it does not have. */
export function refuseServiceMetadata(where: Construct, { labels, annotations }: ObjectMetadata): void {
  if (Object.keys({ ...labels, ...annotations }).length > 0) {
    fail(where, 'has no Service, so serviceAnnotations and serviceLabels would be lost', 'Leave them out');
  }
}

/** What is added to metadata that the library renders. Fails on a name that occurs in both. */
export function joined(where: Construct, what: string, added: Labels, own: Labels): { [name: string]: string } {
  const twice = Object.keys(added).find((name) => Object.hasOwn(own, name));
  return twice === undefined ? { ...own, ...added } : fail(where, `the ${what} '${twice}' of pods is set by the library`, 'Leave it out');
}

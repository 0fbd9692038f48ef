import type { Construct } from 'constructs';
import { nameResolution } from './name-resolution';
import type { AddedMetadata } from './object-metadata';
import { addedMetadata } from './object-metadata';
import type { OwnFolders } from './own-folders';
import { ownFolders } from './own-folders';
import { scheduling } from './scheduling';
import type { WorkloadProps } from './workload-props';
import type * as k8s from '../../imports/k8s';
import { optionalCommand } from '../values/command-line';
import type { Resources } from '../values/resources';
import { wholeSeconds } from '../values/value-checks';

/** The settings of pods that a user of Deployments knows, checked. Only code sets them. */
export interface PodSettings {
  readonly command?: string[];
  readonly args?: string[];
  readonly folders: OwnFolders;
  readonly metadata: AddedMetadata;
  /** Fields of the pod that depend on nothing else. */
  readonly spec: Partial<k8s.PodSpec>;
  /** How long its pods may take to leave, if it is not the sum of what the profile sets. */
  readonly graceSeconds?: number;
}

/** Fails on values that the API server refuses, and on values with which no container runs. */
export function podSettings(where: Construct, props: WorkloadProps, resources: Resources): PodSettings {
  return {
    command: optionalCommand(where, 'command', props.command),
    args: optionalCommand(where, 'args', props.args),
    folders: ownFolders(where, props, resources),
    metadata: addedMetadata(where, props),
    spec: { ...scheduling(where, props), ...nameResolution(where, props) },
    graceSeconds: props.terminationGracePeriod && wholeSeconds(where, 'terminationGracePeriod', props.terminationGracePeriod, 1),
  };
}

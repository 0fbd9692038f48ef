import type { Construct } from 'constructs';
import type { OwnFolders } from './own-folders';
import { ownFolders } from './own-folders';
import type { WorkloadProps } from './workload-props';
import { optionalCommand } from '../values/command-line';
import type { Resources } from '../values/resources';

/** The settings of pods that a user of Deployments knows, checked. Only code sets them. */
export interface PodSettings {
  readonly command?: string[];
  readonly args?: string[];
  readonly folders: OwnFolders;
}

/** Fails on values that the API server refuses, and on values with which no container runs. */
export function podSettings(where: Construct, props: WorkloadProps, resources: Resources): PodSettings {
  return {
    command: optionalCommand(where, 'command', props.command),
    args: optionalCommand(where, 'args', props.args),
    folders: ownFolders(where, props, resources),
  };
}

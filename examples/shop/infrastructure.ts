import type { Construct } from 'constructs';
import type { PlatformProfile } from '../../src';
import { SharedChart } from '../../src';

/**
 * The namespace of the stores, of Dapr's control plane and of monitoring, which all environments share.
 *
 * What runs in it is installed by others: its namespace, quota and network policies are rendered here.
 */
export class Infrastructure extends SharedChart {
  constructor(scope: Construct, profile: PlatformProfile) {
    super(scope, 'infrastructure', { profile });
  }
}

import { Construct } from 'constructs';
import { ENGINES } from './engines';
import { MESH_SETTING } from './mesh-settings';
import { ConnectionIndex } from '../core/connection-index';
import { beforeSynthesis } from '../core/preparation';
import type { ServiceGroup } from '../core/service-group';

/**
 * What a mesh holds for every pod of a namespace that has a proxy: nothing comes in that is not encrypted and that no service admits, and
 * nothing leaves for a host that no service calls.
 *
 * @internal
 */
export class MeshNamespace extends Construct {
  constructor(scope: Construct, id: string, group: ServiceGroup) {
    super(scope, id);
    const { defineNamespace, defineEgress } = ENGINES[MESH_SETTING.of(group.profile)._kind];
    defineNamespace?.(this, group);
    if (defineEgress) {
      beforeSynthesis(this, () => defineEgress(this, ConnectionIndex.of(this), group));
    }
  }
}

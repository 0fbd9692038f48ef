import { Construct } from 'constructs';
import { defineIstioSidecar, defineServiceEntries } from './istio/egress';
import { defineIstioNamespace } from './istio/istio-authorization';
import { defineLinkerdNamespace } from './linkerd/linkerd-authorization';
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
    switch (MESH_SETTING.of(group.profile)._kind) {
      case 'istio':
        defineIstioNamespace(this);
        defineIstioSidecar(this);
        beforeSynthesis(this, () => defineServiceEntries(this, ConnectionIndex.of(this), group));
        break;
      case 'linkerd':
        defineLinkerdNamespace(this, group);
        break;
      default:
    }
  }
}

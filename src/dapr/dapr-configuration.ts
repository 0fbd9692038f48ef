import { Construct } from 'constructs';
import { SIDECAR_SETTINGS } from './dapr-settings';
import { withoutHotReload } from './hot-reload';
import type * as dapr from '../../imports/dapr';
import { isLimited } from '../core/direct-calls';
import { type CallEdge, throughSidecars } from '../core/edges';
import { defineObject, late } from '../core/kubernetes-object';
import { ServiceStep } from '../core/service-step';
import { NETWORK_SETTINGS } from '../network/network-settings';
import type { PlatformProfile } from '../profile/platform-profile';
import { OTLP_GRPC_PORT } from '../values/ports';
import { EVERY_PATH, shortestPaths } from '../values/requests';
import { shared } from '../values/shared';
import { sorted } from '../values/sorted';

/**
 * The Dapr Configuration of a namespace: tracing, metrics, and that nobody may call its services.
 *
 * A pod whose Configuration is missing in its namespace does not start, so every namespace has one. mTLS is not
 * in it: Dapr reads that from the control plane's own Configuration only, where it is on by default.
 *
 * @see https://docs.dapr.io/operations/configuration/configuration-overview/
 * @internal
 */
export class NamespaceConfiguration extends Construct {
  constructor(scope: Construct, id: string, profile: PlatformProfile) {
    super(scope, id);
    defineObject<dapr.ConfigurationSpec>(this, 'Resource', {
      apiVersion: 'dapr.io/v1alpha1',
      kind: 'Configuration',
      metadata: { name: SIDECAR_SETTINGS.of(profile).configuration },
      spec: configurationSpec(profile, []),
    });
  }
}

/**
 * The Configuration of a service that is called: as that of its namespace, and its callers may call it.
 *
 * Dapr applies access control at the called side, so this is the only place that holds the list.
 *
 * @see https://docs.dapr.io/operations/configuration/invoke-allowlist/
 * @internal
 */
export class AccessControl extends ServiceStep {
  /** The Configuration that the service's sidecar reads. */
  public get configuration(): string {
    const { configuration } = SIDECAR_SETTINGS.of(this.service.group.profile);
    return this.callers().length > 0 ? `${this.service.name}-${configuration}` : configuration;
  }

  private callers(): CallEdge[] {
    return this.connections.callsTo(this.service).filter((edge) => throughSidecars(edge, this.service));
  }

  protected render(): void {
    if (this.callers().length > 0 && !this.node.tryFindChild('Resource')) {
      defineObject<dapr.ConfigurationSpec>(this, 'Resource', {
        apiVersion: 'dapr.io/v1alpha1',
        kind: 'Configuration',
        metadata: { name: this.configuration },
        spec: late(() => configurationSpec(this.service.group.profile, this.callers())),
      });
    }
  }
}

function configurationSpec(profile: PlatformProfile, calls: readonly CallEdge[]): dapr.ConfigurationSpec {
  return {
    // both are always written: Dapr takes a missing defaultAction as allow
    accessControl: {
      defaultAction: 'deny',
      trustDomain: SIDECAR_SETTINGS.of(profile).trustDomain,
      policies: calls.map((edge) => ({
        appId: edge.caller.appId,
        namespace: edge.caller.group.namespace,
        trustDomain: SIDECAR_SETTINGS.of(edge.caller.group.profile).trustDomain,
        ...isLimited(edge) ? { defaultAction: 'deny', operations: operationsOf(edge) } : { defaultAction: 'allow' },
      })),
    },
    ...observation(profile),
    ...withoutHotReload(profile),
  };
}

const observation = shared((profile: PlatformProfile): Pick<dapr.ConfigurationSpec, 'metrics' | 'tracing'> => {
  const network = NETWORK_SETTINGS.of(profile);
  return {
    metrics: { enabled: true, http: { increasedCardinality: false } },
    tracing: {
      samplingRate: String(network.traceSamplingRate),
      otel: {
        endpointAddress: `${network.traceCollectorService}.${network.traceCollector.namespace}.svc.${profile._values.clusterDomain}:${OTLP_GRPC_PORT}`,
        protocol: 'grpc',
        isSecure: false,
      },
    },
  };
});

/** What Dapr takes for any. */
const EVERY_VERB: readonly string[] = ['*'];

/** A path with what is below it. Dapr reads `/*` as one segment and `/**` as any number of them. */
function operationsOf({ options }: CallEdge): dapr.ConfigurationSpecAccessControlPoliciesOperations[] {
  return shortestPaths(options.paths ?? EVERY_PATH).flatMap((path) => path === '/' ? ['/**'] : [path, `${path}/**`])
    .map((name) => ({ name, httpVerb: sorted(options.methods ?? EVERY_VERB, (verb) => verb), action: 'allow' }));
}

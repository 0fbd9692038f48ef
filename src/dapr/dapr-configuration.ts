import { Construct } from 'constructs';
import { checkConfigurationVersion } from './configuration-checks';
import { DAPR_CONFIGURATION_SETTINGS } from './configuration-section';
import type { DaprConfigurationSettings, DaprConfigurationValues } from './configuration-settings';
import { configurationFields } from './configuration-spec';
import { SIDECAR_SETTINGS } from './dapr-settings';
import type * as dapr from '../../imports/dapr';
import { isLimited } from '../core/direct-calls';
import { type CallEdge, type ServiceNode, throughSidecars } from '../core/edges';
import { defineObject, late } from '../core/kubernetes-object';
import { ServiceStep } from '../core/service-step';
import type { PlatformProfile } from '../profile/platform-profile';
import { fail } from '../values/errors';
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
    checkConfigurationVersion(this, profile.daprVersion, DAPR_CONFIGURATION_SETTINGS.of(profile));
    defineObject<dapr.ConfigurationSpec>(this, 'Resource', {
      apiVersion: 'dapr.io/v1alpha1',
      kind: 'Configuration',
      metadata: { name: SIDECAR_SETTINGS.of(profile).configuration },
      spec: configurationSpec(profile, []),
    });
  }
}

/**
 * The Configuration of a service that is called or has settings of its own: as that of its namespace otherwise, and its callers may call it.
 *
 * Dapr applies access control at the called side, so this is the only place that holds the list.
 *
 * @see https://docs.dapr.io/operations/configuration/invoke-allowlist/
 * @internal
 */
export class AccessControl extends ServiceStep {
  private readonly own?: DaprConfigurationValues;

  constructor(scope: Construct, id: string, service: ServiceNode, settings?: DaprConfigurationSettings) {
    super(scope, id, service);
    if (settings?.traceProtocol !== undefined) {
      fail(this, 'sets daprConfiguration.traceProtocol, whose port the network policies of the namespace open', 'Set it in the profile by WorkloadDefaults.of()');
    }
    if (settings) {
      const { profile } = service.group;
      this.own = DAPR_CONFIGURATION_SETTINGS.decide(this, profile, settings);
      checkConfigurationVersion(this, profile.daprVersion, this.own);
    }
  }

  /** The Configuration that the service's sidecar reads. */
  public get configuration(): string {
    const { configuration } = SIDECAR_SETTINGS.of(this.service.group.profile);
    return this.isOwn ? `${this.service.name}-${configuration}` : configuration;
  }

  private get isOwn(): boolean {
    return this.own !== undefined || this.callers().length > 0;
  }

  private callers(): CallEdge[] {
    return this.connections.callsTo(this.service).filter((edge) => throughSidecars(edge, this.service));
  }

  protected render(): void {
    if (this.isOwn && !this.node.tryFindChild('Resource')) {
      defineObject<dapr.ConfigurationSpec>(this, 'Resource', {
        apiVersion: 'dapr.io/v1alpha1',
        kind: 'Configuration',
        metadata: { name: this.configuration },
        spec: late(() => configurationSpec(this.service.group.profile, this.callers(), this.own)),
      });
    }
  }
}

function configurationSpec(profile: PlatformProfile, calls: readonly CallEdge[], own?: DaprConfigurationValues): dapr.ConfigurationSpec {
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
    ...own ? configurationFields(profile, own) : usualFields(profile),
  };
}

/** Those of the namespace, which its services share. */
const usualFields = shared((profile: PlatformProfile) => configurationFields(profile, DAPR_CONFIGURATION_SETTINGS.of(profile)));

/** What Dapr takes for any. */
const EVERY_VERB: readonly string[] = ['*'];

/** A path with what is below it. Dapr reads `/*` as one segment and `/**` as any number of them. */
function operationsOf({ options }: CallEdge): dapr.ConfigurationSpecAccessControlPoliciesOperations[] {
  return shortestPaths(options.paths ?? EVERY_PATH).flatMap((path) => path === '/' ? ['/**'] : [path, `${path}/**`])
    .map((name) => ({ name, httpVerb: sorted(options.methods ?? EVERY_VERB, (verb) => verb), action: 'allow' }));
}

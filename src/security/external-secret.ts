import type { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import type { RemoteValue } from './remote-value';
import type { RotatedSecretProps } from './rotated-secret-props';
import { defineSecretAlerts } from './secret-alerts';
import { checkSecrets, SECRET_SETTINGS } from './secret-settings';
import type { SecretStore } from './secret-store';
import { defineObject } from '../core/kubernetes-object';
import { groupOf } from '../core/service-group';
import { constructId } from '../values/construct-id';
import { fail } from '../values/errors';
import { oneOf } from '../values/one-of';
import { SecretReference } from '../values/secret-reference';
import { sorted } from '../values/sorted';
import { dnsSubdomain, plainText } from '../values/value-checks';

/** What External Secrets can make values by, besides looking them up. */
const GENERATORS = ['Password', 'SSHKey', 'UUID', 'VaultDynamicSecret', 'ClusterGenerator'];

/**
 * An object by which External Secrets makes values itself.
 *
 * @see https://external-secrets.io/latest/guides/generator/
 */
export interface SecretGenerator {
  /** Its kind: `Password`, `SSHKey`, `UUID`, `VaultDynamicSecret` or `ClusterGenerator`. */
  readonly kind: string;
  /** Its name, in the same namespace unless it is a `ClusterGenerator`. */
  readonly name: string;
}

/**
 * Properties for `ExternalSecret`: values of a store, or a generator.
 */
export interface ExternalSecretProps extends RotatedSecretProps {
  /**
   * The keys of the Secret, and where the value of each is.
   *
   * @default - none; a generator is needed then
   */
  readonly keys?: { [key: string]: RemoteValue };

  /**
   * By which values are made, and made anew each time `rotation` has passed.
   *
   * @default - none; keys are needed then
   */
  readonly generator?: SecretGenerator;

  /**
   * Where values are looked up.
   *
   * @default - the profile's `secrets.store` (none)
   */
  readonly store?: SecretStore;

  /**
   * How often it is looked whether a value changed.
   *
   * @default - the profile's `secrets.refreshInterval` (3600 s)
   */
  readonly refreshInterval?: Duration;
}

/**
 * A Secret whose values External Secrets takes from a store, so that no manifest holds them.
 *
 * Defines an ExternalSecret, which makes the Secret of the same name, and a PrometheusRule: somebody is told when a value was not replaced for
 * longer than `rotation`, when the Secret is not there, or when values cannot be looked up. It stands anywhere below a chart
 * of a group.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/
 *
 * @example
 *
 * const provider = new security.ExternalSecret(this, 'payment-provider', {
 *   store: security.SecretStore.cluster('vault'),
 *   keys: { 'api-key': { key: 'shop/payment-provider', property: 'apiKey' } },
 * });
 * new Microservice(this, 'payment', { secretFiles: [provider.value('api-key')] });
 */
export class ExternalSecret extends Construct {
  private readonly keys: readonly string[] | undefined;

  /**
   * Defines the Secret `id`.
   */
  constructor(scope: Construct, id: string, props: ExternalSecretProps) {
    super(scope, constructId(scope, id, new.target, props));
    const secrets = SECRET_SETTINGS.of(groupOf(this).profile);
    dnsSubdomain(this, 'the Secret', id);
    const { keys = {}, generator, store = secrets.store, refreshInterval = secrets.refreshInterval, rotation = secrets.rotation } = props;
    const names = Object.keys(keys);
    if ((names.length === 0) === (generator === undefined)) {
      fail(this, generator ? 'has keys and a generator, which makes keys of its own' : 'has neither keys nor a generator, so the Secret would be empty', 'Give one of the two');
    }
    if (generator && props.refreshInterval) {
      fail(this, 'has a refreshInterval and a generator, which makes a new value at each refresh', 'Give rotation instead');
    }
    checkSecrets(this, { refreshInterval: generator ? rotation : refreshInterval, rotation });
    this.keys = generator ? undefined : names;
    defineObject(this, 'Resource', {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: id },
      spec: {
        refreshPolicy: 'Periodic',
        refreshInterval: `${(generator ? rotation : refreshInterval).toSeconds()}s`,
        // the Secret goes with this object, and stays while the store does not answer or lost the entry
        target: { name: id, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
        ...generator ? { dataFrom: [{ sourceRef: { generatorRef: this.generatorRef(generator) } }] } : {
          secretStoreRef: this.requiredStore(store)._toKube(),
          data: sorted(names.map((name) => this.entry(name, keys[name])), ({ secretKey }) => secretKey),
        },
      },
    });
    defineSecretAlerts(this, id, rotation, { external: true });
  }

  /**
   * The value under a key, for a service of the same namespace: `secretFiles` or `secretEnv`.
   *
   * Fails on a key that was not given. What keys a generator makes is not known here.
   */
  public value(key: string): SecretReference {
    if (this.keys && !this.keys.includes(key)) {
      fail(this, `has no key '${key}'`, `It has ${[...this.keys].sort().join(', ')}`);
    }
    return SecretReference.of(this.node.id, key);
  }

  private entry(name: string, { key, property, version }: RemoteValue): { secretKey: string; remoteRef: RemoteValue } {
    SecretReference.of(this.node.id, name);
    plainText(this, `the key of '${name}'`, key);
    for (const [what, text] of Object.entries({ property, version })) {
      if (text !== undefined) {
        plainText(this, `the ${what} of '${name}'`, text);
      }
    }
    return { secretKey: name, remoteRef: { key, property, version } };
  }

  private generatorRef({ kind, name }: SecretGenerator): { apiVersion: string; kind: string; name: string } {
    oneOf(this, 'the kind of the generator', kind, GENERATORS);
    return { apiVersion: 'generators.external-secrets.io/v1alpha1', kind, name: dnsSubdomain(this, 'the generator', name) };
  }

  private requiredStore(store: SecretStore | undefined): SecretStore {
    return store ?? fail(this, 'has no store to look values up in', "Give store: SecretStore.cluster('vault'), or secrets.store in the platform profile");
  }
}

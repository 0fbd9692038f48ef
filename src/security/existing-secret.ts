import { Construct } from 'constructs';
import type { RotatedSecretProps } from './rotated-secret-props';
import { defineSecretAlerts } from './secret-alerts';
import { checkSecrets, SECRET_SETTINGS } from './secret-settings';
import { groupOf } from '../core/service-group';
import { constructId } from '../values/construct-id';
import { SecretReference } from '../values/secret-reference';
import { dnsSubdomain } from '../values/value-checks';

/**
 * A Secret that others make, such as an operator, a script or a person.
 *
 * Defines nothing but a PrometheusRule: somebody is told when the Secret was not replaced for longer than `rotation`, or is not there. It stands
 * anywhere below a chart of a group, in whose namespace the Secret is.
 *
 * @example
 *
 * const licence = new security.ExistingSecret(this, 'licence', { rotation: Duration.days(365) });
 * new Microservice(this, 'report', { secretFiles: [licence.value('key')] });
 */
export class ExistingSecret extends Construct {
  /**
   * Watches the Secret `id`.
   */
  constructor(scope: Construct, id: string, props: RotatedSecretProps = {}) {
    super(scope, constructId(scope, id, new.target, props));
    const { rotation = SECRET_SETTINGS.of(groupOf(this).profile).rotation } = props;
    dnsSubdomain(this, 'the Secret', id);
    checkSecrets(this, { refreshInterval: rotation, rotation });
    defineSecretAlerts(this, id, rotation, { external: false });
  }

  /**
   * The value under a key, for a service of the same namespace: `secretFiles` or `secretEnv`. What keys it has is not known here.
   */
  public value(key: string): SecretReference {
    return SecretReference.of(this.node.id, key);
  }
}

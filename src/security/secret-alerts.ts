import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type * as prometheus from '../../imports/prometheus-operator';
import { defineObject } from '../core/kubernetes-object';
import { groupOf } from '../core/service-group';

type Rule = prometheus.PrometheusRuleSpecGroupsRules;

/** When the value of a Secret was last replaced, as far as anybody saw. */
const LAST_CHANGE = 'secret:last_change:timestamp_seconds';

/** A length of time that people say in days. */
const DAY_SECONDS = 86_400;

/**
 * Tells somebody when a Secret was not replaced for too long, or is not there.
 *
 * Kubernetes knows when a Secret was made, and not when its value was replaced. So a rule remembers when its version changed, from itself:
 * nothing has to be kept for as long as a value may live. Where it remembers nothing, the Secret is as old as it is.
 */
export function defineSecretAlerts(scope: Construct, name: string, rotation: Duration, { external }: { readonly external: boolean }): void {
  const { namespace } = groupOf(scope);
  const secret = `{namespace="${namespace}",secret="${name}"}`;
  const of = (expression: string) => `max by (namespace, secret) (${expression})`;
  const oldest = rotation.toSeconds();
  const age = oldest % DAY_SECONDS === 0 ? `${oldest / DAY_SECONDS} days` : `${oldest} s`;
  const alert = (alertName: string, expr: string, lasting: string, severity: string, summary: string): Rule => ({
    alert: alertName,
    expr: expr as unknown as Rule['expr'],
    for: lasting,
    labels: { severity, namespace, secret: name },
    annotations: { summary },
  });
  defineObject<prometheus.PrometheusRuleSpec>(scope, 'Alerts', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: `${name}-secret` },
    spec: {
      groups: [{
        name: `${name}-secret`,
        rules: [
          {
            record: LAST_CHANGE,
            // over all who report it, so that a restart of one is no change
            expr: [
              `0 * (changes(${of(`kube_secret_metadata_resource_version${secret}`)}[15m:1m]) > 0) + time()`,
              of(`last_over_time(${LAST_CHANGE}${secret}[1w])`),
              of(`kube_secret_created${secret}`),
            ].join('\nor ') as unknown as Rule['expr'],
          },
          alert('SecretTooOld', `time() - ${LAST_CHANGE}${secret} > ${oldest}`, '1h', 'warning', `The Secret ${name} of ${namespace} was not replaced for over ${age}`),
          alert('SecretMissing', `absent(kube_secret_created${secret})`, '15m', 'critical', `The Secret ${name} of ${namespace} is not there, or nobody reports it`),
          ...external ? [alert('ExternalSecretNotReady',
            `max by (namespace, name) (externalsecret_status_condition{namespace="${namespace}",name="${name}",condition="Ready",status="False"}) == 1`,
            '15m', 'critical', `The values of the Secret ${name} of ${namespace} cannot be looked up`)] : [],
        ],
      }],
    },
  });
}

import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type * as prometheus from '../../imports/prometheus-operator';
import { alert, type Alert, defineAlerts } from '../core/alerts';
import { groupOf } from '../core/service-group';

type Rule = prometheus.PrometheusRuleSpecGroupsRules;

/** When the value of a Secret was last replaced, as far as anybody saw. */
const LAST_CHANGE = 'secret:last_change:timestamp_seconds';

/** Which version of each object of a SecretProviderClass a pod has mounted, as kube-state-metrics is told to report it. */
const MOUNTED = 'kube_secretproviderclasspodstatus_object';

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
  const changed = `0 * (changes(${greatest(`kube_secret_metadata_resource_version${secret}`)}[15m:1m]) > 0) + time()`;
  defineRules(scope, name, lastChange(secret, changed, greatest(`kube_secret_created${secret}`)), [
    tooOld(scope, name, rotation),
    alert('SecretMissing', 'critical', '15m', `absent(kube_secret_created${secret})`, `The Secret ${name} of ${namespace} is not there, or nobody reports it`),
    ...external ? [alert('ExternalSecretNotReady', 'critical', '15m',
      `max by (namespace, name) (externalsecret_status_condition{namespace="${namespace}",name="${name}",condition="Ready",status="False"}) == 1`,
      `The values of the Secret ${name} of ${namespace} cannot be looked up`)] : [],
  ]);
}

/**
 * Tells somebody when pods have the same version of a value mounted for too long.
 *
 * There may be no Secret, and one that the driver makes is new whenever the first pod starts. So it is looked at what pods have: a version is new
 * that none had within a day, while some had another one of the same object. Where nothing is remembered, it counts from when it was first seen.
 */
export function defineMountedSecretAlerts(scope: Construct, name: string, rotation: Duration): void {
  const { namespace } = groupOf(scope);
  const secret = `{namespace="${namespace}",secret="${name}"}`;
  const before = `last_over_time(${MOUNTED}${secret}[1d] offset 15m)`;
  const changed = `0 * group by (namespace, secret) (
  group by (namespace, secret, id, version) (${MOUNTED}${secret})
  unless group by (namespace, secret, id, version) (${before})
  and on (namespace, secret, id) group by (namespace, secret, id) (${before})
) + time()`;
  defineRules(scope, name, lastChange(secret, changed, `0 * group by (namespace, secret) (${MOUNTED}${secret}) + time()`), [
    tooOld(scope, name, rotation),
    alert('MountedSecretsUnreported', 'warning', '1h', `absent(${MOUNTED})`,
      `Nobody reports what pods have mounted of any SecretProviderClass, so how old ${name} of ${namespace} is cannot be known`),
  ]);
}

/** Over all who report it, so that a restart of one is no change. */
function greatest(expression: string): string {
  return `max by (namespace, secret) (${expression})`;
}

function lastChange(secret: string, changed: string, first: string): Rule {
  return { record: LAST_CHANGE, expr: [changed, greatest(`last_over_time(${LAST_CHANGE}${secret}[1w])`), first].join('\nor ') };
}

function tooOld(scope: Construct, name: string, rotation: Duration): Alert {
  const { namespace } = groupOf(scope);
  const oldest = rotation.toSeconds();
  const age = oldest % DAY_SECONDS === 0 ? `${oldest / DAY_SECONDS} days` : `${oldest} s`;
  return alert('SecretTooOld', 'warning', '1h', `time() - ${LAST_CHANGE}{namespace="${namespace}",secret="${name}"} > ${oldest}`,
    `The Secret ${name} of ${namespace} was not replaced for over ${age}`);
}

function defineRules(scope: Construct, name: string, recorded: Rule, alerts: readonly Alert[]): void {
  defineAlerts(scope, 'Alerts', `${name}-secret`, { namespace: groupOf(scope).namespace, secret: name }, alerts, [recorded]);
}

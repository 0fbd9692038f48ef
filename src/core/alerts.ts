import type { Construct } from 'constructs';
import { defineObject } from './kubernetes-object';
import type * as prometheus from '../../imports/prometheus-operator';

type Rule = prometheus.PrometheusRuleSpecGroupsRules;

/** An alert in the words of Prometheus, without the labels of what it is about. */
export interface Alert {
  readonly alert: string;
  readonly expr: string;
  /** How long it must hold, such as `15m`. */
  readonly for: string;
  readonly severity: 'critical' | 'warning';
  readonly summary: string;
}

/** Tells somebody when an expression has had a value for so long, such as `15m`. */
export function alert(name: string, severity: Alert['severity'], lasting: string, expr: string, summary: string): Alert {
  return { alert: name, expr, for: lasting, severity, summary };
}

/** Defines a PrometheusRule, whose alerts carry the labels of what they are about. Recording rules come first. */
export function defineAlerts(
  scope: Construct, id: string, name: string, labels: { readonly [label: string]: string }, alerts: readonly Alert[], recorded: readonly Rule[] = [],
): void {
  const rules = alerts.map(({ severity, summary, ...rule }): Rule => ({ ...rule, labels: { severity, ...labels }, annotations: { summary } }));
  defineObject<prometheus.PrometheusRuleSpec>(scope, id, {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name },
    spec: { groups: [{ name, rules: [...recorded, ...rules] }] },
  });
}

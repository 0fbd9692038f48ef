import type { GatewayDefinition, RouteDefinition } from './gateway-definition';
import { recordFinding } from '../checks/registry';
import type { RuleDescription } from '../checks/rule';
import { Severity } from '../checks/severity';
import { isWildcard } from '../values/hostname';

export const OPEN_ROUTE: RuleDescription = {
  id: 'MS-GATE-002',
  severity: Severity.INFO,
  why: 'A route lets everybody call a service.',
  fix: 'Nothing to do, if a reviewer agrees.',
};

export const CORS_BEHIND_HEADERS: RuleDescription = {
  id: 'MS-GATE-003',
  severity: Severity.WARNING,
  why: 'A route compares headers, which browsers do not send in a preflight request, so cors of the gateway does not apply to it.',
  fix: 'Tell the route apart by its path, if browsers call it.',
};

export const WILDCARD_CERTIFICATE: RuleDescription = {
  id: 'MS-GATE-004',
  severity: Severity.INFO,
  why: 'Public authorities issue a certificate for a wildcard only to who controls the DNS zone.',
  fix: 'Let the issuer solve DNS-01 challenges.',
};

export const OLD_TLS: RuleDescription = {
  id: 'MS-GATE-005',
  severity: Severity.WARNING,
  why: 'A gateway accepts TLS 1.2, with ciphers that clients of 2018 and later do not need.',
  fix: "Set gateway.minTlsVersion to '1.3' when the last old client is gone.",
};

/** What a reviewer should know of a gateway. */
export function recordGatewayFindings({ construct, hostnames, certificates, settings }: GatewayDefinition): void {
  const wildcard = hostnames.find(isWildcard);
  if (wildcard !== undefined && certificates._kind !== 'Secret') {
    recordFinding(construct, WILDCARD_CERTIFICATE, `gets a certificate for '${wildcard}' from ${certificates}`);
  }
  if (settings.minTlsVersion === '1.2') {
    recordFinding(construct, OLD_TLS);
  }
}

/** What a reviewer should know of a route. */
export function recordRouteFindings({ construct, cors }: GatewayDefinition, route: RouteDefinition, service: string): void {
  if (cors && route.protocol === 'http' && !route.cors) {
    recordFinding(construct, CORS_BEHIND_HEADERS, `compares headers of the route '${route.name}'`);
  }
  const { _reasonAgainst: reason } = route.authentication;
  if (reason !== undefined) {
    recordFinding(construct, OPEN_ROUTE, `lets everybody call '${service}' by the route '${route.name}': ${reason}`);
  }
}

import type { Duration } from 'cdk8s';
import type { GatewaySettings } from './gateway-settings';
import { fail } from '../values/errors';
import { checkHostname } from '../values/hostname';
import { oneOf } from '../values/one-of';
import { Quantity } from '../values/quantity';
import { Resources } from '../values/resources';
import { dnsSubdomain, show, wholeNumber, wholeSeconds } from '../values/value-checks';

/** More attempts than this only lengthen an outage. */
export const MOST_RETRIES = 10;
/** cert-manager counts whole hours of both, and refuses a certificate of less than one. */
const HOUR = 3600;

/** Fails where no gateway could run as it is said. */
export function checkGateway(where: string, gateway: Required<GatewaySettings>): void {
  const seconds = (field: keyof GatewaySettings, min: number) => wholeSeconds(where, `gateway.${field}`, gateway[field] as Duration, min);
  const whole = (field: keyof GatewaySettings, min: number, max?: number) => wholeNumber(where, gateway[field] as number, min, max, `gateway.${field}`);
  gateway.hostnames.forEach((hostname) => checkHostname(where, hostname));
  for (const field of ['envoyGatewayClass', 'istioGatewayClass', 'ingressClass'] as const) {
    if (gateway[field] !== '') {
      dnsSubdomain(where, `gateway.${field}`, gateway[field]);
    }
  }
  oneOf(where, 'gateway.minTlsVersion', gateway.minTlsVersion, ['1.3', '1.2']);
  seconds('timeout', 1);
  whole('retries', 0, MOST_RETRIES);
  seconds('headersTimeout', 1);
  seconds('idleTimeout', 1);
  seconds('streamIdleTimeout', 1);
  seconds('keyCache', 1);
  seconds('corsMaxAge', 1);
  whole('maxConcurrentStreams', 1);
  whole('trustedHops', 0);
  whole('proxies', 1);
  Quantity._of('storage', where, 'gateway.bufferLimit', gateway.bufferLimit);
  Resources._partial(where, gateway.proxyResources);
  checkLifetime(where, gateway);
}

function checkLifetime(where: string, { certificateLifetime, certificateRenewal }: Required<GatewaySettings>): void {
  const lifetime = wholeSeconds(where, 'gateway.certificateLifetime', certificateLifetime, HOUR);
  const renewal = wholeSeconds(where, 'gateway.certificateRenewal', certificateRenewal, 1);
  for (const [field, value] of Object.entries({ certificateLifetime: lifetime, certificateRenewal: renewal })) {
    if (value % HOUR !== 0) {
      fail(where, `gateway.${field} ${show(value)} seconds are not whole hours`, `Use Duration.hours(${Math.ceil(value / HOUR)})`);
    }
  }
  if (renewal >= lifetime) {
    fail(where, `gateway.certificateRenewal ${renewal / HOUR} h is not before the end of a certificate that is good for ${lifetime / HOUR} h, so that it would be replaced without end`,
      'Use a third of gateway.certificateLifetime');
  }
}

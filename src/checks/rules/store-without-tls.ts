import { plainRedisServers } from './plain-redis-servers';
import type { IRule } from '../rule';
import { Severity } from '../severity';

/** Also recorded for stores that exist already: how their clients connect is in no manifest of theirs. */
export const STORE_WITHOUT_TLS: IRule = {
  id: 'MS-STORE-004',
  severity: Severity.WARNING,
  why: 'Services connect to a store without TLS, so whoever reads the network reads their data and credentials.',
  fix: 'Enable TLS on the store, or acknowledge this with the reason why the network is trusted.',
  check: (manifests) => plainRedisServers(manifests, (start) => !/--tls-port/.test(start)),
};

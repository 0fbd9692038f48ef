import { plainRedisServers } from './plain-redis-servers';
import type { IRule } from '../rule';
import { Severity } from '../severity';

/** Also recorded for stores that exist already: how their clients log in is in no manifest of theirs. */
export const STORE_WITHOUT_PASSWORD: IRule = {
  id: 'MS-STORE-005',
  severity: Severity.WARNING,
  why: 'A store requires no password, so every pod that the network lets through reads and changes its data.',
  fix: 'Require a password, or acknowledge this with the reason why the network policies suffice.',
  check: (manifests) => plainRedisServers(manifests, (start) => !/--(?:requirepass|aclfile|user)\b/.test(start)),
};

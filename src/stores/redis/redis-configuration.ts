import type { RedisMemberSettings } from './redis-member-settings';
import { maxMemory } from './redis-settings';
import { SCRIPTS } from './scripts';

/** The cluster bus listens this far above the port for clients: a rule of Redis, not a setting. */
const BUS_OFFSET = 10_000;

export function busPort(port: number): number {
  return port + BUS_OFFSET;
}

/** What the ConfigMap of a Redis cluster holds: the configuration that all members share, and the scripts. */
export function redisFiles(redis: Required<RedisMemberSettings>): { [file: string]: string } {
  return { 'redis.conf': redisConf(redis), ...SCRIPTS };
}

/**
 * What all members share. Addresses, folders and credentials of one member are written by its start script.
 *
 * @see https://redis.io/docs/latest/operate/oss_and_stack/management/config/
 */
function redisConf(redis: Required<RedisMemberSettings>): string {
  return [
    '# TLS for clients, for replication and between members; members prove themselves to each other by a certificate of the same authority',
    'port 0',
    `tls-port ${redis.port}`,
    'tls-replication yes',
    'tls-cluster yes',
    'tls-auth-clients no',
    'tls-protocols "TLSv1.3"',
    '',
    'cluster-enabled yes',
    'cluster-config-file nodes.conf',
    `cluster-port ${busPort(redis.port)}`,
    ...behaviour(redis),
    'daemonize no',
    '',
  ].join('\n');
}

/** What the operator's start script does not write by itself. */
export function additionalConf(redis: Required<RedisMemberSettings>): string {
  return [
    '# clients prove themselves by a password',
    'tls-auth-clients no',
    'tls-protocols "TLSv1.3"',
    ...behaviour(redis),
    '',
  ].join('\n');
}

/** How a member behaves, whoever starts it. */
function behaviour(redis: Required<RedisMemberSettings>): string[] {
  return [
    `cluster-node-timeout ${redis.nodeTimeout.toMilliseconds()}`,
    'cluster-preferred-endpoint-type ip',
    '# keys whose members are lost are out of reach, and the others are not',
    'cluster-require-full-coverage no',
    '# a primary that lost its last replica gets one of another primary that has two',
    'cluster-allow-replica-migration yes',
    'cluster-migration-barrier 1',
    '',
    '# both a log of every write and snapshots',
    'appendonly yes',
    `appendfsync ${redis.appendFsync}`,
    'aof-use-rdb-preamble yes',
    'appenddirname appendonlydir',
    'appendfilename appendonly.aof',
    'dbfilename dump.rdb',
    redis.savePoints.length > 0 ? `save ${redis.savePoints.join(' ')}` : 'save ""',
    '',
    '# an event or a state that has no room is refused, and none that is there is dropped',
    `maxmemory ${maxMemory('redis.conf', 'redis', redis)}`,
    'maxmemory-policy noeviction',
    'repl-diskless-sync yes',
    'repl-diskless-sync-delay 1',
    `shutdown-timeout ${redis.shutdown.toSeconds()}`,
  ];
}

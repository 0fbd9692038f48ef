import type { MemberExtension } from './member-extension';
import { BIN_DIR, FOLDERS, REPLICATION_USER, REWIND_USER, SUPERUSER } from './patroni-definition';
import { toYaml } from '../../../output/yaml';
import { POD_SECURITY_SETTINGS } from '../../../security/pod-security-settings';
import { Quantity } from '../../../values/quantity';
import { type PostgresDefinition, sharedBuffersText, synchronousMembers } from '../postgres-definition';
import type { PostgresValues } from '../postgres-section';
import { SCRIPTS } from './scripts';

/** `synchronous_mode` of Patroni, which knows no text for two of them. */
const SYNCHRONOUS_MODE: { readonly [mode: string]: string | boolean } = { quorum: 'quorum', on: true, off: false };

/** What the ConfigMap of a cluster by Patroni holds: its configuration, its scripts, its only user, and what an extension adds. */
export function patroniFiles(postgres: PostgresDefinition, extension: MemberExtension): { [file: string]: string } {
  const { userId, groupId } = POD_SECURITY_SETTINGS.of(postgres.group.profile);
  return {
    'dynamic.yaml': toYaml(dynamicConfiguration(postgres.settings)),
    'patroni.yaml': toYaml(configuration(postgres, extension)),
    // PostgreSQL asks for the name of its user, and lets its superuser in by it
    'passwd': `root:x:0:0:root:/root:/sbin/nologin\n${SUPERUSER}:x:${userId}:${groupId}:PostgreSQL:${FOLDERS.DATA_DIR}:/sbin/nologin\n`,
    ...SCRIPTS,
    ...extension.files,
  };
}

/**
 * What all members must agree on. Patroni keeps it in the API server from the first start on, and the start script brings it up to date.
 *
 * @see https://patroni.readthedocs.io/en/latest/dynamic_configuration.html
 */
function dynamicConfiguration(settings: PostgresValues): object {
  const { synchronousMode, strict } = settings;
  return {
    ttl: settings.ttl.toSeconds(),
    loop_wait: settings.loopWait.toSeconds(),
    retry_timeout: settings.retryTimeout.toSeconds(),
    maximum_lag_on_failover: Number(Quantity._of('memory', 'postgresql', 'maximumLag', settings.maximumLag)._units),
    primary_start_timeout: settings.primaryStartTimeout.toSeconds(),
    // a primary that all others still answer goes on while the API server is away
    failsafe_mode: true,
    synchronous_mode: SYNCHRONOUS_MODE[synchronousMode],
    ...synchronousMode === 'off' ? {} : {
      synchronous_mode_strict: strict,
      synchronous_node_count: synchronousMembers(settings),
    },
    postgresql: {
      use_pg_rewind: true,
      use_slots: true,
      parameters: {
        ...settings.parameters,
        shared_buffers: sharedBuffersText(settings),
        wal_level: 'replica',
        // pg_rewind needs the one or the other; checksums show damage besides
        wal_log_hints: 'on',
        hot_standby: 'on',
      },
    },
  };
}

/**
 * What each member knows of itself. Its name and addresses are variables of its pod, its credentials are read by the start script.
 *
 * @see https://patroni.readthedocs.io/en/latest/yaml_configuration.html
 */
function configuration(postgres: PostgresDefinition, extension: MemberExtension): object {
  const { name, group, settings } = postgres;
  const [certificate, key, authority] = ['tls.crt', 'tls.key', 'ca.crt'].map((file) => `${FOLDERS.TLS_DIR}/${file}`);
  // by address, so whose certificate it is does not count; but that its server knows the password does
  const member = { sslmode: 'verify-ca', sslrootcert: authority, channel_binding: 'require' };
  return {
    scope: name,
    kubernetes: {
      namespace: group.namespace,
      use_endpoints: false,
      labels: { 'app.kubernetes.io/name': name },
      scope_label: 'app',
      role_label: 'role',
    },
    restapi: {
      certfile: certificate,
      keyfile: key,
      cafile: authority,
      // whoever asks may know how a member is, and only members may tell it what to do
      verify_client: 'optional',
    },
    ctl: { certfile: certificate, keyfile: key, cacert: authority },
    bootstrap: {
      dcs: dynamicConfiguration(settings),
      initdb: [{ encoding: 'UTF8' }, { locale: 'C.UTF-8' }, 'data-checksums', { 'auth-local': 'peer' }, { 'auth-host': 'scram-sha-256' }],
      post_bootstrap: `python3 ${FOLDERS.CONFIG_DIR}/prepare.py`,
    },
    postgresql: {
      // a volume's own folder may hold what is not PostgreSQL's
      data_dir: `${FOLDERS.DATA_DIR}/pgdata`,
      bin_dir: BIN_DIR,
      pgpass: `${FOLDERS.RUN_DIR}/pgpass`,
      use_unix_socket: true,
      authentication: {
        superuser: { username: SUPERUSER },
        replication: { username: REPLICATION_USER, ...member },
        rewind: { username: REWIND_USER, ...member },
      },
      parameters: {
        ...extension.parameters,
        unix_socket_directories: FOLDERS.RUN_DIR,
        ssl: 'on',
        ssl_cert_file: certificate,
        ssl_key_file: key,
        ssl_ca_file: authority,
        ssl_min_protocol_version: 'TLSv1.3',
      },
      pg_hba: hostBasedAuthentication(),
    },
    watchdog: { mode: 'off' },
  };
}

/** Who may come in, the first line that fits; nobody whom none fits. */
function hostBasedAuthentication(): string[] {
  return [
    // by the socket of the pod: whoever runs as PostgreSQL's own user
    `local all ${SUPERUSER} peer`,
    `hostssl all ${SUPERUSER} all reject`,
    `hostssl replication ${REPLICATION_USER} all scram-sha-256`,
    `hostssl all ${REPLICATION_USER} all reject`,
    `hostssl ${SUPERUSER} ${REWIND_USER} all scram-sha-256`,
    `hostssl all ${REWIND_USER} all reject`,
    'hostssl all all all scram-sha-256',
  ];
}

import type { ConfigurationDefinition } from './configuration-definition';
import { POD_SECURITY_SETTINGS } from '../../security/pod-security-settings';
import { type Container, type PodSpec, storeContainer, storePod, variables } from '../hosted/hosted-pods';
import { pushgatewayUrl } from '../hosted/pushgateway';
import { apiTokenVolume, memoryVolume, scratchVolume, secretVolume, SERVICE_ACCOUNT_DIR } from '../hosted/volumes';

/** The folders that scripts know by these variables. */
const FOLDERS = {
  CONFIG_DIR: '/etc/configuration-backup',
  RUN_DIR: '/run/configuration-backup',
  SCRATCH_DIR: '/var/tmp/configuration-backup',
  SECRETS_DIR: '/var/run/secrets/git',
  TOKEN_DIR: SERVICE_ACCOUNT_DIR,
};

/** The name that is in the certificate of every API server. */
const API_SERVER = 'https://kubernetes.default.svc';
/** So long one answer of the API server, or of the one who takes metrics, may take. */
const REQUEST_SECONDS = 30;
/** So often it is tried again when somebody else pushed meanwhile: other namespaces push at the same minute. */
const ATTEMPTS = 8;
/** What tells two contents apart without telling what they are. */
const DIGEST_KEY = 'digest-key';
/** What commits are signed by. */
const SIGNING_KEY = 'signing-key';

/** The pod of one run. */
export function configurationPod(backup: ConfigurationDefinition): PodSpec {
  const { name, repository } = backup;
  const security = POD_SECURITY_SETTINGS.of(backup.group.profile);
  return {
    ...storePod(backup, name),
    containers: [storeContainer(backup, 'backup', container(backup))],
    volumes: [
      { name: 'config', configMap: { name } },
      secretVolume('credentials', repository.secretName, [...repository._secretKeys, DIGEST_KEY, SIGNING_KEY]),
      apiTokenVolume('api-token'),
      // what was read of the API server never gets to a disk
      memoryVolume('run', security.scratchSize),
      scratchVolume('scratch', backup.resources),
    ],
  };
}

function container(backup: ConfigurationDefinition): Partial<Container> {
  const { name, group, settings, repository } = backup;
  const [, author, address] = /^(.*) <(.*)>$/.exec(settings.author)!;
  return {
    command: ['/bin/sh', `${FOLDERS.CONFIG_DIR}/backup.sh`],
    env: variables({
      ...FOLDERS,
      API_SERVER,
      ATTEMPTS,
      BRANCH: settings.branch,
      FOLDER: [repository.path, group.namespace].filter((part) => part !== '').join('/'),
      GIT_AUTHOR_EMAIL: address,
      GIT_AUTHOR_NAME: author,
      GIT_COMMITTER_EMAIL: address,
      GIT_COMMITTER_NAME: author,
      NAME: name,
      NAMESPACE: group.namespace,
      PUSHGATEWAY_URL: pushgatewayUrl(group.profile),
      REPOSITORY: repository.url,
      REQUEST_SECONDS,
      RETENTION: backup.retention,
    }),
    resources: backup.resources._toKube(),
    volumeMounts: [
      { name: 'config', mountPath: FOLDERS.CONFIG_DIR, readOnly: true },
      { name: 'config', mountPath: '/etc/passwd', subPath: 'passwd', readOnly: true },
      { name: 'credentials', mountPath: FOLDERS.SECRETS_DIR, readOnly: true },
      { name: 'api-token', mountPath: FOLDERS.TOKEN_DIR, readOnly: true },
      { name: 'run', mountPath: FOLDERS.RUN_DIR },
      { name: 'scratch', mountPath: FOLDERS.SCRATCH_DIR },
    ],
  };
}

interface Field {
  readonly name: string;
  readonly required?: boolean;
  readonly allowedValues?: readonly unknown[];
}

interface Profile {
  readonly title: string;
  readonly metadata: readonly Field[];
}

const fields = (names: string, required = false): Field[] => names.split(' ').filter((name) => name !== '').map((name) => ({ name, required }));

/**
 * The authentication profiles that many components share. Their file is in a nested module without a path of its own, which the Go client cannot download.
 *
 * @see https://github.com/dapr/components-contrib/blob/v1.18.0/.build-tools/builtin-authentication-profiles.yaml
 */
export const BUILT_IN_PROFILES: Readonly<Record<string, readonly Profile[]>> = {
  aws: [
    { title: 'AWS: Access Key ID and Secret Access Key', metadata: fields('region awsRegion accessKey secretKey sessionToken') },
    { title: 'AWS: Assume IAM Role', metadata: [...fields('region', true), ...fields('assumeRoleArn sessionName')] },
    { title: 'AWS: Credentials from Environment Variables', metadata: [] },
    { title: 'AWS: IAM Roles Anywhere', metadata: fields('trustAnchorArn trustProfileArn assumeRoleArn', true) },
  ],
  azuread: [
    { title: 'Azure AD: Managed identity', metadata: fields('azureClientId azureEnvironment') },
    { title: 'Azure AD: Client credentials', metadata: [...fields('azureTenantId azureClientId azureClientSecret', true), ...fields('azureEnvironment')] },
    { title: 'Azure AD: Client certificate', metadata: [...fields('azureTenantId azureClientId', true), ...fields('azureCertificate azureCertificateFile azureCertificatePassword azureEnvironment')] },
  ],
  gcp: [
    {
      title: 'GCP API Authentication with Service Account Key',
      metadata: [...fields('privateKeyID privateKey projectID clientEmail clientID', true), ...fields('type authURI tokenURI authProviderX509CertURL clientX509CertURL')],
    },
    // cloud.google.com/go reads the credentials of the environment
    { title: 'GCP Application Default Credentials', metadata: [] },
  ],
};

interface Correction {
  /** Required by the metadata file, and not by the code. */
  readonly optional?: readonly string[];
  /** Required by the code, and not by the metadata file. */
  readonly required?: readonly string[];
  /** Fields that a profile of the metadata file requires besides, by its title. */
  readonly profileRequires?: Readonly<Record<string, readonly string[]>>;
  /** Values that the code accepts besides. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
  /** Ways of authentication that the metadata file does not name. */
  readonly profiles?: readonly Profile[];
}

const ANONYMOUS: Correction = { profiles: [{ title: 'No authentication', metadata: [] }] };
const FROM_ENVIRONMENT: Correction = { profiles: [{ title: 'AWS: Credentials from Environment Variables', metadata: [] }] };
/** common/authentication/postgresql/metadata.go: the connection string is built of fields where it is left out. */
const POSTGRES: Correction = { profiles: [{ title: 'Connection fields', metadata: fields('host', true) }] };

/** Where the code of components-contrib 1.18.0 decides otherwise than its metadata files. */
export const CORRECTIONS: Readonly<Record<string, Correction>> = {
  // bindings/smtp/smtp.go: parseMetadata requires host and port; an email may name sender, recipient and subject itself; user and password are optional
  'bindings.smtp': { optional: ['emailFrom', 'emailTo', 'subject'], required: ['port'], ...ANONYMOUS },
  // an email and a message may name these themselves
  'bindings.twilio.sendgrid': { optional: ['emailFrom', 'emailTo', 'subject'] },
  'bindings.aws.ses': { optional: ['emailFrom', 'emailTo', 'subject'], ...FROM_ENVIRONMENT },
  'bindings.twilio.sms': { optional: ['toNumber'] },
  // common/aws: the SDK reads credentials of the environment where the fields are empty
  'bindings.aws.dynamodb': FROM_ENVIRONMENT,
  'bindings.aws.kinesis': FROM_ENVIRONMENT,
  'bindings.aws.sqs': FROM_ENVIRONMENT,
  // bindings/kafka/kafka.go: only Invoke uses the topic
  'bindings.kafka': { optional: ['publishTopic'] },
  'bindings.mqtt3': ANONYMOUS,
  'bindings.kubemq': ANONYMOUS,
  'bindings.rocketmq': ANONYMOUS,
  'pubsub.kubemq': ANONYMOUS,
  'pubsub.rocketmq': ANONYMOUS,
  // pubsub/jetstream/metadata.go: the policy is 'all' where it is left out
  'pubsub.jetstream': { optional: ['deliverPolicy'] },
  // pubsub/rabbitmq/metadata.go: the host is localhost where it is left out, and nothing listens there in a pod
  'pubsub.rabbitmq': {
    values: { exchangeKind: ['direct', 'headers'] },
    profileRequires: { 'Authenticate Using RabbitMQ properties': ['hostname'] },
    profiles: [{ title: 'Connection string in the deprecated field host', metadata: fields('host', true) }],
  },
  // secretstores/hashicorp/vault/vault.go: exactly one of the two
  'secretstores.hashicorp.vault': {
    optional: ['vaultToken', 'vaultTokenMountPath'],
    profiles: [{ title: 'Token', metadata: fields('vaultToken', true) }, { title: 'Token in a file', metadata: fields('vaultTokenMountPath', true) }],
  },
  'state.cassandra': ANONYMOUS,
  // state/etcd/etcd.go: TLS is off where tlsEnable is left out
  'state.etcd': ANONYMOUS,
  // state/mongodb/mongodb.go: user and password are optional, and one of host and server is not
  'state.mongodb': {
    profileRequires: { 'Username and password': ['host'] },
    profiles: [{ title: 'Host', metadata: fields('host', true) }, { title: 'DNS SRV', metadata: fields('server', true) }],
  },
  'bindings.postgres': POSTGRES,
  'configuration.postgresql': POSTGRES,
  'state.cockroachdb': POSTGRES,
  'state.postgresql': POSTGRES,
  'state.rethinkdb': ANONYMOUS,
  'bindings.rethinkdb.statechange': ANONYMOUS,
};

/** The names by which daprd registers components whose metadata files have another. */
export const REGISTERED_AS: Readonly<Record<string, string>> = {
  'crypto.jwks': 'crypto.dapr.jwks',
  'crypto.kubernetes.secrets': 'crypto.dapr.kubernetes.secrets',
  'crypto.localstorage': 'crypto.dapr.localstorage',
  'secretstores.aws.secretsmanager': 'secretstores.aws.secretmanager',
};

import { fail } from '../values/errors';
import { plainText, show } from '../values/value-checks';

/**
 * Where in AWS values are.
 */
export interface AwsProviderOptions {
  /**
   * The region, such as `eu-central-1`.
   *
   * @default - that of the node
   */
  readonly region?: string;

  /**
   * The region that values are taken from when the first one does not answer. It needs `region`.
   *
   * @default - none
   */
  readonly failoverRegion?: string;

  /**
   * Whether a pod is known by an EKS Pod Identity, in place of the role in an annotation of its ServiceAccount (IRSA).
   *
   * @default - by the role of its ServiceAccount
   */
  readonly podIdentity?: boolean;
}

/**
 * Which vault of Azure holds values, and who looks them up.
 */
export interface AzureProviderOptions {
  /** The name of the key vault: 3 to 24 letters, digits and `-`. */
  readonly keyVault: string;

  /** The id of the tenant that it belongs to. */
  readonly tenantId: string;

  /**
   * The client id of the identity that is federated with the ServiceAccount of the pods (Workload Identity).
   *
   * @default - none; `nodeIdentity` is needed then
   */
  readonly clientId?: string;

  /**
   * The client id of a managed identity of the nodes. Every pod of such a node could use it: prefer `clientId`.
   *
   * @default - none; `clientId` is needed then
   */
  readonly nodeIdentity?: string;
}

/**
 * Where in Google Cloud values are.
 */
export interface GcpProviderOptions {
  /** The project that the secrets belong to, by its id or number. */
  readonly project: string;

  /**
   * The region of regional secrets, such as `europe-west3`.
   *
   * @default - secrets that are no region's
   */
  readonly location?: string;
}

/**
 * By what role, and where, values of a Vault are looked up.
 */
export interface VaultProviderOptions {
  /** The role that Vault gives to the ServiceAccount of the pods. */
  readonly role: string;

  /**
   * Where Vault is, by https.
   *
   * @default - where the provider was told to find it when it was installed, which lets its cache be used
   */
  readonly address?: string;

  /**
   * The namespace of Vault Enterprise.
   *
   * @default - that of the installed provider
   */
  readonly namespace?: string;

  /**
   * Where in Vault the way of logging in is mounted, such as `kubernetes-prod`.
   *
   * @default - that of the installed provider, which is `kubernetes` by itself
   */
  readonly authMountPath?: string;
}

/** What a SecretProviderClass says of each value, and how that is written. */
export type ObjectsFormat = 'secretsmanager' | 'ssmparameter' | 'azure' | 'gcp' | 'vault';

const REGION = /^[a-z]{2,}(?:-[a-z0-9]+)+$/;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * A store of secrets that the Secrets Store CSI driver mounts values of. The driver and the provider must be installed in the cluster.
 *
 * @see https://secrets-store-csi-driver.sigs.k8s.io/providers
 */
export class SecretProvider {
  /**
   * AWS Secrets Manager: a key is the name or ARN of a secret.
   *
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/integrating_ascp_csi.html
   */
  public static awsSecretsManager(options: AwsProviderOptions = {}): SecretProvider {
    return SecretProvider.aws('SecretProvider.awsSecretsManager', 'secretsmanager', options);
  }

  /**
   * The Parameter Store of AWS Systems Manager: a key is the name of a parameter.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/integrating_csi_driver.html
   */
  public static awsParameterStore(options: AwsProviderOptions = {}): SecretProvider {
    return SecretProvider.aws('SecretProvider.awsParameterStore', 'ssmparameter', options);
  }

  /**
   * Azure Key Vault: a key is the name of a secret, or of a certificate with its private key. It has no fields.
   *
   * @see https://azure.github.io/secrets-store-csi-driver-provider-azure/docs/getting-started/usage/
   */
  public static azureKeyVault(options: AzureProviderOptions): SecretProvider {
    const where = 'SecretProvider.azureKeyVault';
    const { keyVault, tenantId, clientId, nodeIdentity } = options;
    matching(where, 'keyVault', keyVault, /^[A-Za-z](?:-?[A-Za-z0-9]){2,23}$/, 'the name of a key vault', "Use 3 to 24 letters, digits and '-', such as 'shop-prod'");
    if ((clientId === undefined) === (nodeIdentity === undefined)) {
      fail(where, clientId === undefined ? 'has neither clientId nor nodeIdentity, so nobody could look values up' : 'has a clientId and a nodeIdentity',
        'Give one of the two, clientId where there is Workload Identity');
    }
    for (const [what, id] of Object.entries({ tenantId, clientId, nodeIdentity })) {
      if (id !== undefined) {
        matching(where, what, id, GUID, 'an id of Azure', "Write it as '01234567-89ab-cdef-0123-456789abcdef'");
      }
    }
    return new SecretProvider('azure', 'azure', {
      keyvaultName: keyVault,
      tenantId,
      clientID: clientId,
      usePodIdentity: 'false',
      useVMManagedIdentity: nodeIdentity === undefined ? 'false' : 'true',
      userAssignedIdentityID: nodeIdentity,
    });
  }

  /**
   * Secret Manager of Google Cloud: a key is the name of a secret. Pods are known by their ServiceAccount (Workload Identity).
   *
   * @see https://cloud.google.com/secret-manager/docs/secret-manager-managed-csi-component
   */
  public static gcpSecretManager(options: GcpProviderOptions): SecretProvider {
    const where = 'SecretProvider.gcpSecretManager';
    const { project, location } = options;
    matching(where, 'project', project, /^(?:[a-z][a-z0-9-]{4,28}[a-z0-9]|[0-9]+)$/, 'a project of Google Cloud', "Write its id or number, such as 'shop-prod-4711'");
    if (location !== undefined) {
      matching(where, 'location', location, REGION, 'a region of Google Cloud', "Write one such as 'europe-west3'");
    }
    const parent = `projects/${project}${location === undefined ? '' : `/locations/${location}`}`;
    return new SecretProvider('gcp', 'gcp', {}, parent);
  }

  /**
   * HashiCorp Vault: a key is the path of the API, such as `secret/data/shop/payment-provider` in a KV store of version 2.
   *
   * @see https://developer.hashicorp.com/vault/docs/platform/k8s/csi/configurations
   */
  public static vault(options: VaultProviderOptions): SecretProvider {
    const where = 'SecretProvider.vault';
    const { role, address, namespace, authMountPath } = options;
    if (address !== undefined) {
      matching(where, 'address', address, /^https:\/\/[a-z0-9.-]+(?::[0-9]+)?$/, 'an address by https, and secrets would cross the network in the open', "Write one such as 'https://vault.example.com:8200'");
    }
    for (const [what, value] of Object.entries({ role, namespace, authMountPath })) {
      if (value !== undefined) {
        plainText(where, what, value);
      }
    }
    return new SecretProvider('vault', 'vault', { roleName: role, vaultAddress: address, vaultNamespace: namespace, vaultAuthMountPath: authMountPath });
  }

  private static aws(where: string, format: ObjectsFormat, { region, failoverRegion, podIdentity }: AwsProviderOptions): SecretProvider {
    for (const [what, value] of Object.entries({ region, failoverRegion })) {
      if (value !== undefined) {
        matching(where, what, value, REGION, 'a region of AWS', "Write one such as 'eu-central-1'");
      }
    }
    if (failoverRegion !== undefined && (region === undefined || region === failoverRegion)) {
      fail(where, `failoverRegion '${failoverRegion}' ${region === undefined ? 'has no region that it could stand in for' : 'is the region itself'}`, 'Give region, and another one for failoverRegion');
    }
    return new SecretProvider('aws', format, { region, failoverRegion, usePodIdentity: podIdentity === true ? 'true' : undefined });
  }

  private constructor(
    /** @internal */ public readonly _name: string,
    /** @internal */ public readonly _format: ObjectsFormat,
    /** What is said of all values. @internal */ public readonly _parameters: { readonly [name: string]: string | undefined },
    /** What the names of entries begin with. @internal */ public readonly _parent: string = '',
  ) {}
}

function matching(where: string, what: string, value: string, form: RegExp, meaning: string, remedy: string): void {
  if (typeof value !== 'string' || !form.test(value)) {
    fail(where, `${what} ${show(value)} is not ${meaning}`, remedy);
  }
}

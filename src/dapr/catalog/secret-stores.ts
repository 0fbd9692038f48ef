import type { Construct } from 'constructs';
import { knownComponent } from './known-component';
import type { KnownComponentProps } from './known-component-props';
import type { DaprComponent } from '../dapr-component';

/**
 * Components by which services read secrets.
 *
 * @example
 *
 * declare const order: Microservice;
 * order.uses(components.SecretStores.vault(this, 'secrets', {
 *   host: 'vault.example.com',
 *   cidrs: ['10.20.0.0/24'],
 *   secrets: { vaultToken: SecretReference.of('vault', 'token') },
 * }));
 */
export class SecretStores {
  /**
   * Secrets of Kubernetes, `secretstores.kubernetes`. The service needs `apiAccess` to the Secrets by their names.
   */
  public static kubernetes(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, { type: 'secretstores.kubernetes' }, props);
  }

  /**
   * HashiCorp Vault, `secretstores.hashicorp.vault`: port 8200. Sets `vaultAddr`.
   */
  public static vault(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, { type: 'secretstores.hashicorp.vault', port: 8200, fields: { vaultAddr: 'https://{host}:{port}' } }, props);
  }

  /**
   * AWS Secrets Manager, `secretstores.aws.secretmanager`: the host of `region` in metadata.
   */
  public static awsSecretsManager(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, { type: 'secretstores.aws.secretmanager', hosts: ['secretsmanager.{region}.amazonaws.com'] }, props);
  }

  /**
   * Azure Key Vault, `secretstores.azure.keyvault`: the host of `vaultName` in metadata.
   */
  public static azureKeyVault(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, {
      type: 'secretstores.azure.keyvault', hosts: ['{vaultName}.vault.azure.net', 'login.microsoftonline.com'],
    }, props);
  }

  /**
   * GCP Secret Manager, `secretstores.gcp.secretmanager`.
   */
  public static gcpSecretManager(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, { type: 'secretstores.gcp.secretmanager', hosts: ['secretmanager.googleapis.com', 'oauth2.googleapis.com'] }, props);
  }

  private constructor() {}
}

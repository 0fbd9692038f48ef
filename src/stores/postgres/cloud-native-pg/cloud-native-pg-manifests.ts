import type * as barman from '../../../../imports/barman-cloud';
import type * as cnpg from '../../../../imports/cloud-native-pg';
import type { Plain } from '../../../core/kubernetes-object';

/** A generated type with the fields that its generator spells otherwise under their real names. */
type Respelled<T, Names extends { [real: string]: keyof T }> = Omit<T, Names[keyof Names]> & { [Real in keyof Names]?: T[Names[Real]] };

/** What the generator makes wrapper classes of, whose plain values it does not know. */
interface PlainResources {
  readonly resources?: object;
}

export type PluginSpec = Respelled<Plain<cnpg.ClusterSpecPlugins>, { isWALArchiver: 'isWalArchiver' }>;

type PostgresqlSpec = Respelled<Plain<cnpg.ClusterSpecPostgresql>, { pg_hba: 'pgHba' }>;

export type ClusterSpec = PlainResources & Respelled<
  Omit<Plain<cnpg.ClusterSpec>, 'resources' | 'postgresql' | 'plugins' | 'certificates' | 'ephemeralVolumesSizeLimit'>, { enablePDB: 'enablePdb' }
> & {
  readonly postgresql: PostgresqlSpec;
  readonly plugins?: PluginSpec[];
  readonly certificates: Respelled<Plain<cnpg.ClusterSpecCertificates>, { serverTLSSecret: 'serverTlsSecret'; serverCASecret: 'serverCaSecret' }>;
  readonly ephemeralVolumesSizeLimit?: { readonly shm: string };
};

export type PoolerSpec = Omit<Plain<cnpg.PoolerSpec>, 'pgbouncer' | 'template' | 'deploymentStrategy'> & {
  readonly pgbouncer: Respelled<Plain<cnpg.PoolerSpecPgbouncer>, { pg_hba: 'pgHba' }>;
  readonly template: object;
  readonly deploymentStrategy: object;
};

type S3Credentials = Respelled<Plain<barman.ObjectStoreSpecConfigurationS3Credentials>, { inheritFromIAMRole: 'inheritFromIamRole' }>;

export type ObjectStoreConfiguration = Respelled<
  Omit<Plain<barman.ObjectStoreSpecConfiguration>, 's3Credentials'>, { endpointURL: 'endpointUrl'; endpointCA: 'endpointCa' }
> & { readonly s3Credentials: S3Credentials };

export type ObjectStoreSpec = Omit<Plain<barman.ObjectStoreSpec>, 'configuration' | 'instanceSidecarConfiguration'> & {
  readonly configuration: ObjectStoreConfiguration;
  readonly instanceSidecarConfiguration: PlainResources & Pick<Plain<barman.ObjectStoreSpecInstanceSidecarConfiguration>, 'env'>;
};

export type ScheduledBackupSpec = Plain<cnpg.ScheduledBackupSpec>;
export type DatabaseSpec = Plain<cnpg.DatabaseSpec>;
export type ManagedRole = Plain<cnpg.ClusterSpecManagedRoles>;

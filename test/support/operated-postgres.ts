import { ApiObject } from 'cdk8s';
import { loadAll } from 'js-yaml';
import type { AnyChanges } from './settings';
import { customized } from './settings';
import { App, Environment, Image, Microservice, ServiceChart, SharedChart } from '../../src';
import type { PostgresClusterProps } from '../../src/stores';
import { ObjectStorage, PostgresCluster, PostgresEngine, StorageCredentials } from '../../src/stores';

export const BUCKET = {
  bucket: 'acme-backups',
  region: 'eu-central-1',
  replicaRegion: 'eu-west-1',
  path: 'europe',
  cidrs: ['10.20.0.0/24'],
  credentials: StorageCredentials.secret('backup-writer'),
};

/** What an organisation must say before CloudNativePG can run a cluster that is backed up. */
export const ORGANISATION = { network: { apiServerCidrs: ['10.0.0.1/32'] }, backups: { storage: ObjectStorage.s3(BUCKET) } };

export interface Program {
  readonly props?: PostgresClusterProps;
  readonly changes?: AnyChanges;
  /** Services of `core-business` in prod that use it. */
  readonly services?: string[];
  /** What the program does to a manifest afterwards. */
  readonly patch?: (manifests: ApiObject[]) => void;
}

/** A program with one PostgreSQL cluster, `postgresql-prod` in `infrastructure`. */
export function operatedProgram({ props, changes = ORGANISATION, services = ['order'], patch }: Program = {}): { app: App; postgres: PostgresCluster } {
  const app = new App();
  const profile = customized(changes);
  const shared = new SharedChart(app, 'infrastructure', { profile });
  const postgres = new PostgresCluster(shared, 'postgresql-prod', { engine: PostgresEngine.CLOUD_NATIVE_PG, ...props });
  const prod = Environment.standard().find(({ name }) => name === 'prod')!;
  const chart = new ServiceChart(app, 'core-business', { environment: prod, profile });
  services.forEach((name) => new Microservice(chart, name, { image: Image.of(`registry.example.com/${name}`, { tag: '1.4.2' }) }).uses(postgres));
  patch?.(postgres.node.findAll().filter((each): each is ApiObject => ApiObject.isApiObject(each)));
  return { app, postgres };
}

/** Its manifests. */
export function operatedPostgres(program: Program = {}): any[] {
  // synthYaml and not synth: nothing is written
  return loadAll(operatedProgram(program).app.synthYaml()).filter((manifest) => manifest !== null && manifest !== undefined);
}

/** State stores of components-contrib 1.18 with transactions over several keys. */
export const ACTOR_STORES = [
  'aws.dynamodb', 'azure.cosmosdb', 'cockroachdb', 'etcd', 'in-memory', 'mongodb', 'mysql', 'oracledatabase', 'postgresql', 'ravendb', 'redis', 'sqlite',
  'sqlserver',
];

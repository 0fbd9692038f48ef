/**
 * What an environment is for. Each setting of the profile may have a value of its own for a stage, such as smaller volumes in development.
 */
export enum Stage {
  /** Where developers try out changes: 1 to 3 replicas of a service, small stores, fault rehearsals. */
  DEVELOPMENT = 'development',
  /** Where a release is tested: 2 to 5 replicas, fault rehearsals. */
  STAGING = 'staging',
  /** Where users are: at least 3 replicas, approval of releases, automatic rollback. */
  PRODUCTION = 'production',
}

import type { ArgoCdSettings } from './argo-cd-settings';

/** Where things are in a repository, and how Argo CD is told of them where no environment says otherwise. */
export interface RepositoryPlace {
  /** The address of the repository. */
  readonly repository: string;
  /** The folder of values files and ApplicationSets. */
  readonly directory: string;
  /** The folder of rendered manifests. */
  readonly manifests: string;
  /** What every manifest file ends with. */
  readonly extension: string;
  readonly settings: Required<ArgoCdSettings>;
}

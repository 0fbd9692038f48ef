import type { ArgoCdSettings } from './argo-cd-settings';
import type { IgnoredDifference } from './ignored-difference';
import type { KubernetesObject } from '../core/kubernetes-object';

/** How Argo CD renders a chart. */
export interface HelmSource {
  readonly releaseName: string;
  readonly ignoreMissingValueFiles: boolean;
  readonly skipTests?: boolean;
  readonly valueFiles: readonly string[];
}

/** Where a manifest comes from, as Argo CD reads it. */
export interface ApplicationSource {
  readonly repoURL: string;
  readonly targetRevision: string;
  readonly path?: string;
  readonly chart?: string;
  readonly ref?: string;
  readonly directory?: { readonly include: string; readonly recurse?: boolean };
  readonly helm?: HelmSource;
}

/** What an Application is told in one environment, beside `parameters` of its source. */
export interface ApplicationElement {
  readonly name: string;
  readonly environment?: string;
  readonly namespace: string;
  readonly settings: Required<ArgoCdSettings>;
  /** Further parameters, each of which the template of the source names as `{{ .name }}`. */
  readonly parameters?: { readonly [name: string]: string };
}

/** One app in all its environments. */
export interface ApplicationSetDefinition {
  readonly name: string;
  readonly project: string;
  readonly settings: Required<ArgoCdSettings>;
  readonly elements: readonly ApplicationElement[];
  readonly sources: readonly ApplicationSource[];
  readonly ignoreDifferences: readonly IgnoredDifference[];
}

export const API_VERSION = 'argoproj.io/v1alpha1';
export const WAVE = 'argocd.argoproj.io/sync-wave';

/** Templates fill in text only, so what is true or false is patched in. A value that is not there is an error: `missingkey`. */
const AUTOMATION = `spec:
  syncPolicy:
{{- if .autoSync }}
    automated:
      prune: {{ .prune }}
      selfHeal: {{ .selfHeal }}
{{- else }}
    automated: null
{{- end }}
`;

const SYNC_OPTIONS = [
  // namespaces are rendered, with their quota and their level of security
  'CreateNamespace=false',
  // two Applications with one object would take turns
  'FailOnSharedResource=true',
  'PruneLast=true',
  'RespectIgnoreDifferences=true',
  'ServerSideApply=true',
];

/** What the API server would store has the labels of the live object, so a condition on a label fits both sides of the comparison or neither. */
const SERVER_SIDE_DIFF = { 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true' };

/** The ApplicationSet of an app: one Application for each environment. */
export function applicationSet(namespace: string, wave: string, set: ApplicationSetDefinition): KubernetesObject {
  return { apiVersion: API_VERSION, kind: 'ApplicationSet', metadata: { name: set.name, namespace, annotations: { [WAVE]: wave } }, spec: spec(set) };
}

function spec({ name, project, settings, elements, sources, ignoreDifferences }: ApplicationSetDefinition): object {
  return {
    goTemplate: true,
    goTemplateOptions: ['missingkey=error'],
    generators: [{ list: { elements: elements.map(parameters) } }],
    // an environment that is missing from the list, by mistake or not, leaves its Application and all it runs
    syncPolicy: { preserveResourcesOnDeletion: true, applicationsSync: 'create-update' },
    template: {
      metadata: {
        name: '{{ .name }}',
        labels: {
          'app.kubernetes.io/name': name,
          'app.kubernetes.io/part-of': project,
          ...elements.every(({ environment }) => environment !== undefined) && { environment: '{{ .environment }}' },
        },
        ...ignoreDifferences.some(({ jqPathExpressions }) => jqPathExpressions) && { annotations: SERVER_SIDE_DIFF },
      },
      spec: {
        project,
        ...sources.length > 1 ? { sources } : { source: sources[0] },
        destination: { name: '{{ .cluster }}', namespace: '{{ .namespace }}' },
        ...ignoreDifferences.length > 0 && { ignoreDifferences },
        syncPolicy: syncPolicy(settings),
      },
    },
    templatePatch: AUTOMATION,
  };
}

/** How often and how a synchronisation is tried. */
export function syncPolicy(settings: Required<ArgoCdSettings>): { syncOptions: string[]; retry: object } {
  return {
    syncOptions: [...SYNC_OPTIONS],
    retry: {
      limit: settings.retries,
      backoff: { duration: `${settings.retryInterval.toSeconds()}s`, factor: DOUBLED, maxDuration: `${settings.longestRetryInterval.toSeconds()}s` },
    },
  };
}

/** Each wait is this many times the one before it. */
const DOUBLED = 2;

function parameters({ name, environment, namespace, settings, parameters: further }: ApplicationElement): object {
  const { cluster, revision, autoSync, prune, selfHeal } = settings;
  return { name, ...environment !== undefined && { environment }, cluster, namespace, revision, ...further, autoSync, prune, selfHeal };
}

/** What is looked at in manifests that somebody may have patched: any field may be missing. */
export interface AnalysisReference {
  readonly templates?: readonly { readonly templateName?: string; readonly clusterScope?: boolean }[];
  readonly args?: readonly Argument[];
}

export interface Argument {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: object;
}

export interface RolloutManifest {
  readonly spec: {
    readonly strategy: {
      readonly blueGreen?: {
        readonly activeService?: string;
        readonly previewService?: string;
        readonly prePromotionAnalysis?: AnalysisReference;
        readonly postPromotionAnalysis?: AnalysisReference;
      };
      readonly canary?: {
        readonly canaryService?: string;
        readonly stableService?: string;
        readonly steps?: readonly {
          readonly setWeight?: number;
          readonly pause?: { readonly duration?: unknown };
          readonly analysis?: AnalysisReference;
        }[];
      };
    };
  };
}

export interface Metric {
  readonly name?: string;
  readonly interval?: unknown;
  readonly initialDelay?: unknown;
  readonly count?: unknown;
  readonly successCondition?: string;
  readonly failureCondition?: string;
  readonly consecutiveErrorLimit?: unknown;
  readonly provider?: { readonly [provider: string]: { readonly address?: string; readonly query?: string } | undefined };
}

export interface TemplateManifest {
  readonly metadata: { readonly name: string };
  readonly spec?: { readonly args?: readonly Argument[]; readonly metrics?: readonly Metric[] };
}

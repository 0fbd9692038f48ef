// Generated from knative-serving.serving.knative.dev.yaml by scripts/import.ts.

export interface ServiceSpec {
  template?: ServiceSpecTemplate;
  traffic?: ServiceSpecTraffic[];
}

export interface ServiceSpecTemplate {
  metadata?: ServiceSpecTemplateMetadata;
  spec?: any;
}

export interface ServiceSpecTemplateMetadata {
  annotations?: { [key: string]: string };
  finalizers?: string[];
  labels?: { [key: string]: string };
  name?: string;
  namespace?: string;
}

export interface ServiceSpecTraffic {
  configurationName?: string;
  latestRevision?: boolean;
  percent?: number;
  revisionName?: string;
  tag?: string;
  url?: string;
}

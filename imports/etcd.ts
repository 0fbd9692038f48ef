// Generated from etcd-operator.operator.etcd.io.yaml by scripts/import.ts.

export interface EtcdClusterSpec {
  etcdOptions?: string[];
  imageRegistry?: string;
  podTemplate?: EtcdClusterSpecPodTemplate;
  size: number;
  storageSpec?: EtcdClusterSpecStorageSpec;
  tls?: EtcdClusterSpecTls;
  version: string;
}

export interface EtcdClusterSpecPodTemplate {
  metadata?: EtcdClusterSpecPodTemplateMetadata;
}

export interface EtcdClusterSpecPodTemplateMetadata {
  annotations?: { [key: string]: string };
  labels?: { [key: string]: string };
}

export interface EtcdClusterSpecStorageSpec {
  accessModes?: string;
  pvcName?: string;
  storageClassName?: string;
  volumeSizeLimit?: number | string;
  volumeSizeRequest: number | string;
}

export interface EtcdClusterSpecTls {
  provider?: string;
  providerCfg?: EtcdClusterSpecTlsProviderCfg;
}

export interface EtcdClusterSpecTlsProviderCfg {
  autoCfg?: EtcdClusterSpecTlsProviderCfgAutoCfg;
  certManagerCfg?: EtcdClusterSpecTlsProviderCfgCertManagerCfg;
}

export interface EtcdClusterSpecTlsProviderCfgAutoCfg {
  altNames?: EtcdClusterSpecTlsProviderCfgAutoCfgAltNames;
  caBundleSecret?: string;
  commonName?: string;
  organizations?: string[];
  validityDuration?: string;
}

export interface EtcdClusterSpecTlsProviderCfgAutoCfgAltNames {
  dnsNames?: string[];
  ipAddresses?: string[];
}

export interface EtcdClusterSpecTlsProviderCfgCertManagerCfg {
  altNames?: EtcdClusterSpecTlsProviderCfgCertManagerCfgAltNames;
  caBundleSecret?: string;
  commonName?: string;
  issuerKind: string;
  issuerName: string;
  organizations?: string[];
  validityDuration?: string;
}

export interface EtcdClusterSpecTlsProviderCfgCertManagerCfgAltNames {
  dnsNames?: string[];
  ipAddresses?: string[];
}

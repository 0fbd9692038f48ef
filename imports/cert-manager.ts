// Generated from cert-manager.cert-manager.io.yaml by scripts/import.ts.

export interface CertificateSpec {
  additionalOutputFormats?: any[];
  commonName?: string;
  dnsNames?: string[];
  duration?: string;
  emailAddresses?: string[];
  encodeUsagesInRequest?: boolean;
  ipAddresses?: string[];
  isCA?: boolean;
  issuerRef: CertificateSpecIssuerRef;
  keystores?: any;
  literalSubject?: string;
  nameConstraints?: any;
  otherNames?: any[];
  privateKey?: CertificateSpecPrivateKey;
  renewBefore?: string;
  renewBeforePercentage?: number;
  renewal?: any;
  revisionHistoryLimit?: number;
  secretName: string;
  secretTemplate?: any;
  signatureAlgorithm?: any;
  subject?: any;
  uris?: string[];
  usages?: CertificateSpecUsages[];
}

export interface CertificateSpecIssuerRef {
  group?: string;
  kind?: string;
  name: string;
}

export interface CertificateSpecPrivateKey {
  algorithm?: CertificateSpecPrivateKeyAlgorithm;
  encoding?: CertificateSpecPrivateKeyEncoding;
  rotationPolicy?: CertificateSpecPrivateKeyRotationPolicy;
  size?: number;
}

export type CertificateSpecPrivateKeyAlgorithm = 'RSA' | 'ECDSA' | 'Ed25519';

export type CertificateSpecPrivateKeyEncoding = 'PKCS1' | 'PKCS8';

export type CertificateSpecPrivateKeyRotationPolicy = 'Never' | 'Always';

export type CertificateSpecUsages = 'signing' | 'digital signature' | 'content commitment' | 'key encipherment' | 'key agreement' | 'data encipherment' | 'cert sign' | 'crl sign' | 'encipher only' | 'decipher only' | 'any' | 'server auth' | 'client auth' | 'code signing' | 'email protection' | 's/mime' | 'ipsec end system' | 'ipsec tunnel' | 'ipsec user' | 'timestamping' | 'ocsp signing' | 'microsoft sgc' | 'netscape sgc';

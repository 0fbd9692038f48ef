import type { Container } from './hosted-pods';
import { secretVolume, type Volume } from './volumes';
import { NetworkPeer, type NetworkRule } from '../../values/network-peer';
import type { ObjectStorage } from '../backup/object-storage';
import { STORAGE_KEYS, type StorageCredentials } from '../backup/storage-credentials';

/** Where the credentials are, and the certificate of the server's authority. */
const STORAGE_DIR = '/var/run/secrets/object-storage';
const AUTHORITY_DIR = '/var/run/secrets/object-storage-authority';
/** The volumes that hold them. */
const VOLUME = { credentials: 'object-storage', authority: 'object-storage-authority' };

/** What programs that speak with object storage know by variables. Credentials are files: `scripts/credentials.part.sh`. */
export function storageVariables(storage: ObjectStorage): { [name: string]: string } {
  const { certificateAuthority, endpoint, kmsKeyId, region } = storage.options;
  return {
    AWS_DEFAULT_REGION: region,
    ...certificateAuthority === undefined ? {} : { AWS_CA_BUNDLE: `${AUTHORITY_DIR}/${certificateAuthority.key}` },
    ENCRYPTION: storage.encryption,
    ...endpoint === undefined ? {} : { ENDPOINT_URL: endpoint },
    ...kmsKeyId === undefined ? {} : { KMS_KEY: kmsKeyId },
    STORAGE_DIR,
  };
}

/** Credentials and authority as volumes, where there are any. */
export function storageVolumes({ options: { certificateAuthority } }: ObjectStorage, { secretName }: StorageCredentials): Volume[] {
  return [
    ...secretName === undefined ? [] : [secretVolume(VOLUME.credentials, secretName, STORAGE_KEYS)],
    ...certificateAuthority === undefined ? [] : [secretVolume(VOLUME.authority, certificateAuthority.name, [certificateAuthority.key])],
  ];
}

/** Where those are in a container. */
export function storageMounts({ options: { certificateAuthority } }: ObjectStorage, { secretName }: StorageCredentials): NonNullable<Container['volumeMounts']> {
  return [
    ...secretName === undefined ? [] : [{ name: VOLUME.credentials, mountPath: STORAGE_DIR, readOnly: true }],
    ...certificateAuthority === undefined ? [] : [{ name: VOLUME.authority, mountPath: AUTHORITY_DIR, readOnly: true }],
  ];
}

/** The way to object storage. */
export function storageRule(storage: ObjectStorage): NetworkRule {
  return { peers: storage.options.cidrs.map((cidr) => NetworkPeer.cidr(cidr)), ports: [storage._port] };
}

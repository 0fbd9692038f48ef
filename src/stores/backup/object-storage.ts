import type { StorageCredentials } from './storage-credentials';
import { fail } from '../../values/errors';
import { NetworkPeer } from '../../values/network-peer';
import type { SecretReference } from '../../values/secret-reference';
import { show } from '../../values/value-checks';

/**
 * A bucket of S3 or of a server that speaks its protocol.
 */
export interface S3StorageOptions {
  /**
   * The name of the bucket: 3 to 63 of `a` to `z`, `0` to `9` and `-`. Dots are refused, because the certificate of such a name is
   * not valid.
   */
  readonly bucket: string;

  /**
   * The region of the bucket, such as `eu-central-1`.
   */
  readonly region: string;

  /**
   * The region that holds a copy of every object: another one.
   *
   * Nothing in a manifest makes the copies: they are a rule of the bucket, which whoever owns it must set.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
   */
  readonly replicaRegion: string;

  /**
   * The addresses that it may have, in CIDR notation, such as those of a VPC endpoint: NetworkPolicies know addresses, not names.
   */
  readonly cidrs: string[];

  /**
   * By what backups are written, read and removed when they are too old.
   */
  readonly credentials: StorageCredentials;

  /**
   * By what backups are read where nothing must be written: by restore drills.
   *
   * @default - none; restore drills are refused
   */
  readonly readCredentials?: StorageCredentials;

  /**
   * Where everything of this platform is in the bucket, such as `backups/europe`. Two Kubernetes clusters need two.
   *
   * @default - the root of the bucket
   */
  readonly path?: string;

  /**
   * The server, such as `https://s3.example.com`.
   *
   * @default - the one of AWS in `region`
   */
  readonly endpoint?: string;

  /**
   * The certificate of the authority that signed the server's one, under a key of a Secret in the namespace of the pods.
   *
   * @default - the authorities that the image trusts
   */
  readonly certificateAuthority?: SecretReference;

  /**
   * The key of AWS KMS by which objects are encrypted at rest (`aws:kms`): its id or ARN.
   *
   * @default - a key of S3 itself (`AES256`)
   */
  readonly kmsKeyId?: string;
}

/** Bucket names that S3 keeps for itself. */
const RESERVED = /^(?:xn--|sthree-|amzn-s3-demo-)|(?:-s3alias|--ol-s3|--x-s3|--table-s3)$/;
/** HTTPS without a port. */
const HTTPS_PORT = 443;

/**
 * Where copies are kept that must outlive the cluster: one bucket, encrypted with AES-256 at rest, and copied to a second region.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 *
 * @example
 *
 * stores.ObjectStorage.s3({
 *   bucket: 'acme-backups',
 *   region: 'eu-central-1',
 *   replicaRegion: 'eu-west-1',
 *   cidrs: ['10.20.0.0/24'],
 *   credentials: stores.StorageCredentials.secret('backup-writer'),
 *   readCredentials: stores.StorageCredentials.secret('backup-reader'),
 * });
 */
export class ObjectStorage {
  /**
   * A bucket of S3.
   *
   * Fails on a name that no bucket can have, on one region for both, on a server without TLS, and on no address ranges.
   */
  public static s3(options: S3StorageOptions): ObjectStorage {
    const where = 'ObjectStorage.s3';
    checkBucket(where, options.bucket);
    region(where, 'region', options.region);
    region(where, 'replicaRegion', options.replicaRegion);
    if (options.region === options.replicaRegion) {
      fail(where, `replicaRegion is '${options.region}' as region is, so a lost region would take both copies`, 'Name another region');
    }
    if (options.cidrs.length === 0) {
      fail(where, `no address range of bucket '${options.bucket}' given, so no network policy could let a backup reach it`,
        "Name its ranges in cidrs, such as ['10.20.0.0/24']");
    }
    options.cidrs.forEach((cidr) => NetworkPeer.cidr(cidr));
    if (options.certificateAuthority?._mount) {
      fail(where, `certificateAuthority '${options.certificateAuthority}' is a file of a SecretProviderClass, and backups read Secrets`, 'Put the certificate, which is not secret, into a Secret');
    }
    if (options.path !== undefined && !/^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/.test(options.path)) {
      fail(where, `path ${show(options.path)} is not folders joined by '/'`, "Use letters, digits, '-', '_' and '.', such as 'backups/europe'");
    }
    if (options.kmsKeyId !== undefined && !/^[A-Za-z0-9:/_-]{1,256}$/.test(options.kmsKeyId)) {
      fail(where, `kmsKeyId ${show(options.kmsKeyId)} is not a key of KMS`, 'Give its id or its ARN');
    }
    if (options.readCredentials?.secretName !== undefined && options.readCredentials.secretName === options.credentials.secretName) {
      fail(where, `readCredentials are the Secret '${options.credentials.secretName}' as credentials are, so who only reads could remove backups`,
        'Name a Secret whose credentials may only read');
    }
    return new ObjectStorage(options, options.endpoint === undefined ? HTTPS_PORT : endpointPort(where, options.endpoint));
  }

  /** How objects are encrypted at rest: `AES256` or `aws:kms`. */
  public readonly encryption: string;

  private constructor(
    /** What the bucket is, and who may use it. */ public readonly options: S3StorageOptions,
    /** @internal */ public readonly _port: number,
  ) {
    this.encryption = options.kmsKeyId === undefined ? 'AES256' : 'aws:kms';
  }

  /**
   * A folder in the bucket as a URL: `s3://acme-backups/europe/infrastructure`.
   */
  public toString(): string {
    return this._url();
  }

  /**
   * A folder of this platform's folder in the bucket.
   *
   * @internal
   */
  public _url(...folders: string[]): string {
    return `s3://${[this.options.bucket, this._folder(...folders)].filter((part) => part !== '').join('/')}`;
  }

  /**
   * The same without the bucket.
   *
   * @internal
   */
  public _folder(...folders: string[]): string {
    return [this.options.path ?? '', ...folders].filter((part) => part !== '').join('/');
  }
}

function checkBucket(where: string, bucket: string): void {
  const problem = typeof bucket !== 'string' || !/^[a-z0-9](?:[a-z0-9-]{1,61})[a-z0-9]$/.test(bucket) ? 'is not the name of a bucket'
    : RESERVED.test(bucket) ? 'has a beginning or an end that S3 keeps for itself' : undefined;
  if (problem) {
    fail(where, `bucket ${show(bucket)} ${problem}`, "Use 3 to 63 of a to z, 0 to 9 and '-', such as 'acme-backups'");
  }
}

function region(where: string, what: string, value: string): void {
  if (typeof value !== 'string' || !/^[a-z]{2,}(?:-[a-z]+)+-\d{1,2}$/.test(value)) {
    fail(where, `${what} ${show(value)} is not a region`, "Write one such as 'eu-central-1'");
  }
}

function endpointPort(where: string, endpoint: string): number {
  if (typeof endpoint === 'string' && endpoint.includes('@')) {
    // not shown, because that is what it would give away
    fail(where, 'endpoint holds credentials, and manifests are read by everybody', 'Leave them out, and name a Secret in credentials');
  }
  const [, port] = /^https:\/\/[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::([1-9]\d{0,4}))?$/.exec(endpoint)
    ?? fail(where, `endpoint ${show(endpoint)} is not an https address of a server, and backups and credentials go over it`, "Write one such as 'https://s3.example.com'");
  return port === undefined ? HTTPS_PORT : Number(port);
}

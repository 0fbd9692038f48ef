import type { Construct } from 'constructs';
import { section } from '../../profile/section';
import { fail } from '../../values/errors';
import { PINS } from '../../values/image-pins';
import { oneOf } from '../../values/one-of';
import { Quantity } from '../../values/quantity';
import { dnsLabel, plainText, show, wholeNumber } from '../../values/value-checks';

/**
 * An etcd cluster that its operator runs.
 *
 * @see https://github.com/etcd-io/etcd-operator
 */
export interface EtcdSettings {
  /**
   * How many members it has. Odd, and 3 or more: with fewer, the loss of one leaves no majority.
   *
   * @default - the profile's `etcd.size` (3)
   */
  readonly size?: number;

  /**
   * The version of etcd as its image is tagged, such as `v3.6.16`.
   *
   * @default - the profile's `etcd.version` (v3.6.16)
   */
  readonly version?: string;

  /**
   * The image without its tag.
   *
   * @default - the profile's `etcd.image` (gcr.io/etcd-development/etcd)
   */
  readonly image?: string;

  /**
   * The volume of each member, such as `10Gi`. The operator does not let it grow or shrink later.
   *
   * @default - the profile's `etcd.storage` (10Gi)
   */
  readonly storage?: string;

  /**
   * The StorageClass that makes the volumes; an empty text means the default class of the cluster.
   *
   * @default - the profile's `etcd.storageClass` (none)
   */
  readonly storageClass?: string;

  /**
   * The kind of cert-manager's issuer of its certificates: `Issuer`, which is in its own namespace, or `ClusterIssuer`.
   *
   * @default - the profile's `etcd.issuerKind` (Issuer)
   */
  readonly issuerKind?: string;

  /**
   * The namespace of the operator, which asks members for their health and adds them one by one.
   *
   * @default - the profile's `etcd.operatorNamespace` (etcd-operator-system)
   */
  readonly operatorNamespace?: string;
}

/** Two members cannot outvote one that is lost. */
const FEWEST = 3;

/** Fails where the cluster could not run as it is said. */
export function checkEtcd(where: Construct | string, etcd: Required<EtcdSettings>): void {
  wholeNumber(where, etcd.size, FEWEST, undefined, 'etcd.size');
  if (etcd.size % 2 === 0) {
    fail(where, `etcd.size ${etcd.size} is even: as with ${etcd.size - 1}, ${etcd.size / 2 - 1} of them may be lost before no majority is left`,
      `Use ${etcd.size - 1} or ${etcd.size + 1}`);
  }
  if (typeof etcd.version !== 'string' || !/^v\d+\.\d+\.\d+$/.test(etcd.version)) {
    fail(where, `expected etcd.version to be a version such as ${PINS.etcd.image.tag}, got ${show(etcd.version)}`, `Write it as '${PINS.etcd.image.tag}'`);
  }
  plainText(where, 'etcd.image', etcd.image);
  Quantity._of('storage', where, 'etcd.storage', etcd.storage);
  oneOf(where, 'etcd.issuerKind', etcd.issuerKind, ['Issuer', 'ClusterIssuer']);
  dnsLabel(where, 'etcd.operatorNamespace', etcd.operatorNamespace);
}

/** etcd clusters that their operator runs. */
export const ETCD_SETTINGS = section<Required<EtcdSettings>>('etcd', () => ({
  size: 3,
  version: PINS.etcd.image.tag!,
  image: PINS.etcd.image.repository,
  storage: '10Gi',
  storageClass: '',
  issuerKind: 'Issuer',
  operatorNamespace: 'etcd-operator-system',
}), { check: checkEtcd });

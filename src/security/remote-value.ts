/**
 * Where a value is in a store.
 */
export interface RemoteValue {
  /**
   * The name of the entry, such as `shop/prod/payment-provider`.
   */
  readonly key: string;

  /**
   * The field of the entry, where it has more than one.
   *
   * @default - the whole entry
   */
  readonly property?: string;

  /**
   * The version of the entry, for stores that have some. It pins the value: what is replaced in the store does not come.
   *
   * @default - the newest
   */
  readonly version?: string;
}

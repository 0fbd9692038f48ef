import { sorted } from '../values/sorted';

/**
 * Lists by a key. A list is sorted when it is read, and stays so until it grows: reading it for every member costs no more than once.
 */
export class SortedLists<K, V> {
  private readonly lists = new Map<K, { readonly values: V[]; sorted?: readonly V[] }>();

  /**
   * @param order what values are sorted by
   */
  constructor(private readonly order: (value: V) => string) {}

  public add(key: K, value: V): void {
    const list = this.lists.get(key);
    if (list) {
      list.values.push(value);
      list.sorted = undefined;
    } else {
      this.lists.set(key, { values: [value] });
    }
  }

  public get(key: K): readonly V[] {
    const list = this.lists.get(key);
    if (!list) {
      return [];
    }
    list.sorted ??= sorted(list.values, this.order);
    return list.sorted;
  }
}

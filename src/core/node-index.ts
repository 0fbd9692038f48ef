import type { Construct } from 'constructs';
import { addOnce, keyOf } from './node-keys';
import type { ServiceGroup } from './service-group';
import { SortedLists } from './sorted-lists';

/** The services or the topics of a program, by their names and by their groups. */
export class NodeIndex<N extends { readonly name: string; readonly group: ServiceGroup }> {
  private readonly byKey = new Map<string, N>();
  private readonly byGroup = new SortedLists<Construct, N>(keyOf);

  /** Returns the node that has the name already, if there is one. */
  public add(node: N): N | undefined {
    const existing = addOnce(this.byKey, node);
    if (!existing) {
      this.byGroup.add(node.group.chart, node);
    }
    return existing;
  }

  public get(key: string): N | undefined {
    return this.byKey.get(key);
  }

  public of(group: ServiceGroup): readonly N[] {
    return this.byGroup.get(group.chart);
  }
}

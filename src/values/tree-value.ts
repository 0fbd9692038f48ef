import type { IConstruct } from 'constructs';

/** The root of a tree. `node.root` makes a list of all constructs on the way. */
export function rootOf(construct: IConstruct): IConstruct {
  let at = construct;
  while (at.node.scope) {
    at = at.node.scope;
  }
  return at;
}

/**
 * A value that is attached to a construct and in force in the whole tree below it.
 *
 * Kept on the construct under a symbol and not in the construct context, which takes plain data only.
 */
export class TreeValue<T> {
  private readonly key: symbol;

  constructor(name: string) {
    // global symbols, so that two copies of this library in one program see each other's trees
    this.key = Symbol.for(`cdk8s-microservices.${name}`);
  }

  public set(construct: IConstruct, value: T): void {
    Object.defineProperty(construct, this.key, { value, configurable: true });
  }

  /** The value of the construct itself, not of those above it. */
  public own(construct: IConstruct): T | undefined {
    return (construct as unknown as Record<symbol, T>)[this.key];
  }

  /** The value of the construct itself, which gets one if it has none. */
  public ensure(construct: IConstruct, make: () => T): T {
    const known = this.own(construct);
    if (known !== undefined) {
      return known;
    }
    const value = make();
    this.set(construct, value);
    return value;
  }

  /** The value of the nearest construct that has one, from the construct itself upwards. */
  public find(construct: IConstruct): T | undefined {
    for (let at: IConstruct | undefined = construct; at; at = at.node.scope) {
      const value = this.own(at);
      if (value !== undefined) {
        return value;
      }
    }
    return undefined;
  }
}

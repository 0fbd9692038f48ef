import type { Construct } from 'constructs';
import { fail } from './errors';
import { parseQuantity, printQuantity, type QuantityKind } from './quantity-notation';
import { wholeNumber } from './value-checks';

/** Quantities by their texts: a platform repeats the same few. */
const KNOWN: { readonly [kind in QuantityKind]: Map<string, Quantity> } = { cpu: new Map(), memory: new Map(), storage: new Map() };

/**
 * An amount of processors, memory or storage, exact to the thousandth of a core and to the byte.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#resource-units-in-kubernetes
 */
export class Quantity {
  /**
   * Processors in cores or thousandths of a core: `500m`, `2`, `1.5`, and in words `50 cores`.
   *
   * Synthesis fails on zero, on less than `1m` and on anything finer, because Kubernetes cannot count it.
   */
  public static cpu(text: string): Quantity {
    return Quantity._of('cpu', 'Quantity.cpu', '', text);
  }

  /**
   * Memory in bytes: `512Mi`, `1.5Gi`, `1G`.
   *
   * `Ki`, `Mi`, `Gi`, `Ti`, `Pi` and `Ei` are powers of 1024; `k`, `M`, `G`, `T`, `P` and `E` powers of 1000. Synthesis
   * fails on zero, on a fraction of a byte (`500m` of memory is half a byte) and on units such as `GB`.
   */
  public static memory(text: string): Quantity {
    return Quantity._of('memory', 'Quantity.memory', '', text);
  }

  /**
   * Storage in bytes, written as memory is: `100Gi`.
   */
  public static storage(text: string): Quantity {
    return Quantity._of('storage', 'Quantity.storage', '', text);
  }

  /**
   * A quantity of a kind; errors name the place and the field.
   *
   * @internal
   */
  public static _of(kind: QuantityKind, where: Construct | string, what: string, text: string): Quantity {
    const known = KNOWN[kind].get(text);
    if (known) {
      return known;
    }
    const { text: notation, units } = parseQuantity(kind, where, what, text);
    const quantity = new Quantity(kind, units, notation);
    KNOWN[kind].set(text, quantity);
    return quantity;
  }

  /**
   * The sum of quantities of one kind, zero if there are none.
   *
   * @internal
   */
  public static _sum(kind: QuantityKind, quantities: readonly Quantity[]): Quantity {
    return quantities.reduce((sum, quantity) => sum._plus(quantity), new Quantity(kind, 0n));
  }

  /**
   * What is counted.
   *
   * @internal
   */
  public readonly _kind: QuantityKind;

  /**
   * Thousandths of a core, or bytes.
   *
   * @internal
   */
  public readonly _units: bigint;

  private readonly notation?: string;

  private constructor(kind: QuantityKind, units: bigint, notation?: string) {
    this._kind = kind;
    this._units = units;
    this.notation = notation;
  }

  /**
   * The quantity in Kubernetes notation: as it was given, or the shortest exact form of a computed one.
   */
  public toString(): string {
    return this.notation ?? printQuantity(this._kind, this._units);
  }

  /**
   * The same amount several times.
   *
   * @internal
   */
  public _times(count: number): Quantity {
    return new Quantity(this._kind, this._units * BigInt(wholeNumber('Quantity._times', count, 0)));
  }

  /**
   * This amount and another of the same kind.
   *
   * @internal
   */
  public _plus(other: Quantity): Quantity {
    return new Quantity(this._kind, this._units + this.alike(other)._units);
  }

  /**
   * Whether this is more than another of the same kind.
   *
   * @internal
   */
  public _exceeds(other: Quantity): boolean {
    return this._units > this.alike(other)._units;
  }

  private alike(other: Quantity): Quantity {
    return other._kind === this._kind ? other
      : fail('Quantity', `${this._kind} ${this} and ${other._kind} ${other} have no common unit`, `Use a quantity of ${this._kind}`);
  }
}

import { dnsLabel } from './value-checks';

/**
 * How much the platform depends on a service. A tier is only a name; the platform profile says what it means.
 */
export class Tier {
  /**
   * Services without which the platform does not earn: `critical`.
   */
  public static readonly CRITICAL = Tier.of('critical');

  /**
   * Services whose short outage is bearable: `standard`.
   */
  public static readonly STANDARD = Tier.of('standard');

  /**
   * Work that can wait: `batch`.
   */
  public static readonly BATCH = Tier.of('batch');

  /**
   * A tier of your own, whose meaning the platform profile must define. The name is a DNS label.
   */
  public static of(name: string): Tier {
    return new Tier(dnsLabel('Tier.of', 'the tier', name));
  }

  /**
   * The name of the tier, such as `critical`.
   */
  public readonly name: string;

  private constructor(name: string) {
    this.name = name;
  }

  /**
   * The name of the tier.
   */
  public toString(): string {
    return this.name;
  }
}

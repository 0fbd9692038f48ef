import { minorOf, supportedMinorOf } from './version';

/** From the first with a scheduler service to the newest. */
const SUPPORTED = { oldest: 14, newest: 18 };

/**
 * The version of Dapr that manifests are rendered for. Its minor number counts.
 *
 * @see https://docs.dapr.io/operations/support/support-release-policy/
 */
export class DaprVersion {
  /**
   * A version from `1.14` to `1.18`, with or without a patch number.
   *
   * Synthesis fails on other versions, because this library was not tried on them.
   */
  public static of(version: string): DaprVersion {
    return new DaprVersion(supportedMinorOf('DaprVersion.of', version, SUPPORTED));
  }

  private constructor(private readonly minor: number) {}

  /**
   * Whether this is the given version or a later one, such as `1.18`.
   */
  public atLeast(version: string): boolean {
    return this.minor >= minorOf('DaprVersion.atLeast', version, SUPPORTED);
  }

  /**
   * The version without a patch number: `1.18`.
   */
  public toString(): string {
    return `1.${this.minor}`;
  }
}

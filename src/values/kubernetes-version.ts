import { minorOf, supportedMinorOf } from './version';

/** The minor versions that the library's manifests were checked against. */
const SUPPORTED = { oldest: 27, newest: 37 };

/**
 * The version of Kubernetes that manifests are rendered for. Its minor number counts.
 *
 * @see https://kubernetes.io/releases/
 */
export class KubernetesVersion {
  /**
   * A version from `1.27` to `1.37`, with or without a patch number.
   *
   * Synthesis fails on other versions, because this library was not tried on them.
   */
  public static of(version: string): KubernetesVersion {
    return new KubernetesVersion(supportedMinorOf('KubernetesVersion.of', version, SUPPORTED));
  }

  private constructor(private readonly minor: number) {}

  /**
   * Whether this is the given version or a later one, such as `1.29`.
   */
  public atLeast(version: string): boolean {
    return this.minor >= minorOf('KubernetesVersion.atLeast', version, SUPPORTED);
  }

  /**
   * The version without a patch number: `1.37`.
   */
  public toString(): string {
    return `1.${this.minor}`;
  }
}

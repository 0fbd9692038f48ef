import type { Manifest } from '../manifests/manifest';

/**
 * How the policies of one end decide about a connection.
 */
export class PolicyDecision {
  /** @internal */
  public static _of(restricting: Manifest[], allowing: Manifest[]): PolicyDecision {
    return new PolicyDecision(restricting, allowing);
  }

  /** Whether the connection is allowed. Without a policy that restricts this end, every connection is. */
  public readonly allowed: boolean;

  /** The policies that decide: those that allow the connection, or, if none does, those that restrict this end. */
  public readonly policies: Manifest[];

  private constructor(restricting: Manifest[], allowing: Manifest[]) {
    this.allowed = restricting.length === 0 || allowing.length > 0;
    this.policies = allowing.length > 0 ? allowing : restricting;
  }
}

/**
 * Adds the objects that depend on connections, see `Connections.beforeSynthesis`.
 */
export interface ISynthesisStep {
  /**
   * Adds constructs below the construct that the step belongs to.
   *
   * Runs after the last statement of the program, so all connections are known. It must declare neither connections nor workloads.
   */
  render(): void;
}

/**
 * An HTTP or gRPC request.
 */
export interface HttpRequest {
  /**
   * The method, such as `GET`.
   *
   * @default GET
   */
  readonly method?: string;

  /**
   * The path, such as `/orders/1`; for gRPC `/<package>.<Service>/<Method>`.
   *
   * @default /
   */
  readonly path?: string;
}

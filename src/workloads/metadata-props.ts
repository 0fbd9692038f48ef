/**
 * Labels and annotations of the objects of a workload.
 *
 * @internal
 */
export interface MetadataProps {
  /**
   * Annotations of the pods, besides those that the library sets.
   *
   * @default - none
   */
  readonly podAnnotations?: { [name: string]: string };

  /**
   * Labels of the pods, besides those that the library sets. No selector reads them.
   *
   * @default - none
   */
  readonly podLabels?: { [name: string]: string };

  /**
   * Annotations of the Service. Synthesis fails if the workload has none.
   *
   * @default - none
   */
  readonly serviceAnnotations?: { [name: string]: string };

  /**
   * Labels of the Service, besides those that the library sets. Synthesis fails if the workload has none.
   *
   * @default - none
   */
  readonly serviceLabels?: { [name: string]: string };

  /**
   * Annotations of the ServiceAccount, by which a cloud knows its permissions there.
   *
   * @default - none
   */
  readonly serviceAccountAnnotations?: { [name: string]: string };

  /**
   * Labels of the ServiceAccount, besides those that the library sets.
   *
   * @default - none
   */
  readonly serviceAccountLabels?: { [name: string]: string };
}

import type { HelmCharts } from './helm/helm-charts';

/**
 * What Argo CD renders the objects of a service from.
 */
export class ArgoCdSource {
  /**
   * The rendered manifests, applied as they are in the repository. A new version of a service is there after a synthesis.
   */
  public static manifests(): ArgoCdSource {
    return new ArgoCdSource();
  }

  /**
   * The Helm chart of the service, with the values of `values-base.yaml`, `environments/<environment>/values.yaml` and a tag file, in this
   * order. Argo CD fails where one is lost.
   *
   * The tag file is that of the service's values files, where it alone says the version: a commit of CI to it is then a release, without
   * a synthesis. Otherwise it is `environments/<environment>/tag.yaml` of the chart.
   *
   * @param charts the charts, among which must be that of the service
   */
  public static helmChart(charts: HelmCharts): ArgoCdSource {
    return new ArgoCdSource(charts);
  }

  /**
   * Undefined for manifests.
   *
   * @internal
   */
  public readonly _charts?: HelmCharts;

  private constructor(charts?: HelmCharts) {
    this._charts = charts;
  }
}

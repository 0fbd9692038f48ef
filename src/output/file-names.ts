import { YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { OutputFile } from '../core/output-file';

/** A manifest as file names know it. */
export interface NamedObject {
  readonly kind: string;
  readonly name: string;
}

/**
 * Which file of the output folder a manifest goes to, as cdk8s divides them, but for constructs that `OutputFile` marks.
 */
export class FileNames {
  /**
   * @param type how manifests are divided into files
   * @param extension what every file ends with
   */
  constructor(public readonly type: YamlOutputType, public readonly extension: string) {}

  /**
   * @param chart the name of the chart
   * @param object what is in the file
   * @param marked the construct that `OutputFile` marks, if any
   */
  public of(chart: string, object: NamedObject, marked: IConstruct | undefined): string {
    switch (this.type) {
      case YamlOutputType.FILE_PER_APP:
        return `app${this.extension}`;
      case YamlOutputType.FILE_PER_RESOURCE:
        return this.ofResource(object);
      case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
        return `${chart}/${this.ofResource(object)}`;
      default:
        return marked ? `${OutputFile._fileOf(marked)}${this.extension}` : this.ofChart(chart);
    }
  }

  /** The file of the objects of a chart that nothing marks. */
  public ofChart(chart: string): string {
    return `${chart}${this.extension}`;
  }

  private ofResource({ kind, name }: NamedObject): string {
    return `${`${kind}.${name}`.replace(/[^0-9a-zA-Z-_.]/g, '')}${this.extension}`;
  }
}

import type { Construct } from 'constructs';
import { OutputFile } from '../core/output-file';
import type { ServiceGroup } from '../core/service-group';

/** Gives a construct a file in the folder of its group. A group in a chart of its user has no folder, so its objects stay in the file of the chart. */
export function setGroupFile(construct: Construct, { outputFolder }: ServiceGroup, name: string): void {
  if (outputFolder !== undefined) {
    OutputFile.set(construct, `${outputFolder}/${name}`);
  }
}

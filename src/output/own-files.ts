import { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { isLibraryObject } from '../core/kubernetes-object';
import { OutputFile } from '../core/output-file';
import type { ServiceGroup } from '../core/service-group';
import { findGroup } from '../core/service-group';
import { TreeValue } from '../values/tree-value';

const OWN_FILE = new TreeValue<boolean>('own-file');

/** Whether a construct has a file of its own because a program defines objects in it that belong to no service. */
export function hasOwnFile(construct: IConstruct): boolean {
  return OWN_FILE.own(construct) === true;
}

/**
 * Gives objects of the program in a group a file: those below a service are in that of the service; all others are in one of their own, named
 * after the construct directly below the chart. The file of the namespace contains objects of the library alone.
 */
export function giveOwnFiles(constructs: readonly IConstruct[]): void {
  for (const object of constructs) {
    if (ApiObject.isApiObject(object) && !isLibraryObject(object)) {
      const group = findGroup(object);
      if (group?.outputFolder !== undefined && OutputFile._ownerOf(object) === group.chart) {
        giveOwnFile(object, group);
      }
    }
  }
}

/** The same for the whole tree of a construct. */
export function giveOwnFilesIn(construct: IConstruct): void {
  giveOwnFiles(construct.node.root.node.findAll());
}

function giveOwnFile(object: ApiObject, { chart, outputFolder }: ServiceGroup): void {
  const { scopes } = object.node;
  const construct = scopes[scopes.indexOf(chart) + 1] as Construct;
  OutputFile.set(construct, `${outputFolder}/${fileNameOf(construct.node.id)}`);
  OWN_FILE.set(construct, true);
}

/** An id in the form of a DNS label, as the names of services are. */
function fileNameOf(id: string): string {
  return id.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'objects';
}

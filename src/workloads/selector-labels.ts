import type { Construct } from 'constructs';
import type { ServiceGroup } from '../core/service-group';
import { fail } from '../values/errors';
import type { Labels } from '../values/labels';
import { checkLabels, PART_OF_LABEL, VERSION_LABEL } from '../values/labels';
import { show } from '../values/value-checks';

/** The labels by which objects select the pods of a workload: those of the program, or `app` with its name. Fails on labels that cannot select them. */
export function selectorLabelsOf(workload: Construct, group: ServiceGroup, name: string, own: Labels | undefined): { [name: string]: string } {
  if (own === undefined) {
    return { app: name };
  }
  checkLabels(workload, own);
  if (Object.keys(own).length === 0) {
    fail(workload, 'selectorLabels is empty, so it would select every pod of the namespace', 'Name the labels of the existing selector, or leave selectorLabels out');
  }
  if (own[VERSION_LABEL] !== undefined) {
    fail(workload, `selectorLabels has '${VERSION_LABEL}', which changes with each release, and a selector cannot change`, 'Leave the label out, or give the workload another name');
  }
  if (own[PART_OF_LABEL] !== undefined && own[PART_OF_LABEL] !== group.name) {
    fail(workload, `selectorLabels has '${PART_OF_LABEL}' ${show(own[PART_OF_LABEL])}, and its group is '${group.name}'`, `Name the group ${show(own[PART_OF_LABEL])}`);
  }
  return { ...own };
}

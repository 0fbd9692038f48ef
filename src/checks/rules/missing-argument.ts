import { analysesIn } from '../analyses';
import type { IRule } from '../rule';
import { Severity } from '../severity';

export const MISSING_ARGUMENT: IRule = {
  id: 'MS-ROLL-005',
  severity: Severity.ERROR,
  why: 'A Rollout does not pass an argument that the template of an analysis needs, so no run of it begins.',
  fix: 'Pass it in args.',
  check: (manifests) => analysesIn(manifests).flatMap(({ rollout: manifest, field, templates, given }) => templates
    .flatMap((template) => (template.spec.args ?? [])
      .filter(({ name, value, valueFrom }: any) => (value ?? valueFrom) === undefined && !given.has(name))
      .map(({ name }: any) => ({ manifest, field: `${field}/args`, problem: `does not pass the argument '${name}' to '${template.name}'` })))),
};

import { argumentIn, templatesInUse } from '../analyses';
import type { IRule } from '../rule';
import { Severity } from '../severity';

const PLACEHOLDER = /\{\{([^}]*)\}\}/g;

export const UNKNOWN_ARGUMENT: IRule = {
  id: 'MS-ROLL-006',
  severity: Severity.ERROR,
  why: 'An AnalysisTemplate uses an argument that it does not declare, so no run of it begins.',
  fix: 'Declare it in args, or write no double braces.',
  check: (manifests) => templatesInUse(manifests).flatMap((manifest) => {
    const declared: string[] = (manifest.spec.args ?? []).map(({ name }: any) => name);
    const used = new Set([...JSON.stringify(manifest.spec.metrics ?? []).matchAll(PLACEHOLDER)].map(([, inside]) => inside));
    return [...used].filter((inside) => !declared.includes(argumentIn(inside) ?? ''))
      .map((inside) => ({ manifest, field: '/spec/args', problem: `uses {{${inside}}}, which is none of its arguments` }));
  }),
};

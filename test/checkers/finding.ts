export type Tool = 'kube-score' | 'checkov';

/** What a checker says about one object. */
export interface Finding {
  readonly tool: Tool;
  readonly check: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly message: string;
}

export function sentence(finding: Finding): string {
  return `${finding.tool} ${finding.check}: ${finding.kind} ${finding.namespace}/${finding.name}: ${finding.message}`;
}

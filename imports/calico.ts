// Generated from calico.projectcalico.org.yaml by scripts/import.ts.

export interface NetworkPolicySpec {
  egress?: any[];
  ingress?: any[];
  order?: number;
  performanceHints?: any[];
  selector?: string;
  serviceAccountSelector?: string;
  tier?: string;
  types?: NetworkPolicySpecTypes[];
}

export type NetworkPolicySpecTypes = 'Ingress' | 'Egress';

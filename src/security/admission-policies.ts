import { Construct } from 'constructs';
import { setGroupFile } from '../output/group-file';
import { admissionValues } from './admission/admission-values';
import { type Coverage, coverageErrors, coverageOf, namespacesNamed } from './admission/coverage';
import { registryRule } from './admission/image-rules';
import { POD_OWNERS, type PodOwner, policySpec, ROLLOUT_OWNER, type ValidatingAdmissionPolicySpec } from './admission/policy';
import { probeRule } from './admission/probe-rule';
import { rulesOf } from './admission/rules';
import { ADMISSION_SETTINGS } from './admission-settings';
import { checkRegistry, IMAGE_SETTINGS } from './image-settings';
import { addRule, recordFinding } from '../checks/registry';
import type { RuleDescription } from '../checks/rule';
import { Severity } from '../checks/severity';
import { hasAnalysis } from '../core/canary-routing';
import { ConnectionIndex } from '../core/connection-index';
import { defineClusterObject } from '../core/kubernetes-object';
import { beforeSynthesis } from '../core/preparation';
import { groupOf, type ServiceGroup } from '../core/service-group';
import { constructId } from '../values/construct-id';
import { fail } from '../values/errors';
import { dnsLabel } from '../values/value-checks';

/** The first version whose API server has the kind in a stable version, without being told to. */
const STABLE = '1.30';

const API_VERSION = 'admissionregistration.k8s.io/v1';

/** `<id>-workloads-deny-audit` is the longest name that is made of it. */
const LONGEST_NAME = 40;

export const NO_ADMISSION: RuleDescription = {
  id: 'MS-SEC-003',
  severity: Severity.WARNING,
  why: 'AdmissionPolicies are left out, because the Kubernetes version has no stable ValidatingAdmissionPolicy.',
  fix: `Use Kubernetes ${STABLE} or later.`,
};

/**
 * Properties for `AdmissionPolicies`.
 */
export interface AdmissionPoliciesProps {
  /**
   * Namespaces that the rules hold in besides those of the services of this program, such as those of another one.
   *
   * @default - none
   */
  readonly namespaces?: string[];
}

/**
 * Best practices that the API server itself asks of every pod, whoever applies it: known registries, no `latest`, limits, probes, no
 * privileges, nothing of the node.
 *
 * Defines three ValidatingAdmissionPolicies (for pods, for what has a pod template, for CronJobs), and bindings for the namespaces of all
 * services. The rules are `admission` and `images` of the platform profile in force; what is done about an offender, `admission.actions`, may
 * differ between environments. Shared namespaces are left out, because what others install there follows its own rules.
 *
 * They need Kubernetes 1.30. For an older one nothing is defined, and a finding says so.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 *
 * @example
 *
 * declare const app: App;
 * const infrastructure = new SharedChart(app, 'infrastructure');
 * new security.AdmissionPolicies(infrastructure, 'best-practices');
 */
export class AdmissionPolicies extends Construct {
  private readonly group: ServiceGroup;

  /**
   * Defines the policies `<id>-pods`, `<id>-workloads` and `<id>-cron-jobs`, and `<id>-rollouts` where a service is a Rollout. They belong to no namespace, so they stand below a
   * `SharedChart`.
   */
  constructor(scope: Construct, id: string, private readonly props: AdmissionPoliciesProps = {}) {
    super(scope, constructId(scope, id, new.target, props));
    dnsLabel(this, 'name', id, LONGEST_NAME);
    props.namespaces?.forEach((namespace) => dnsLabel(this, 'a namespace', namespace));
    this.group = groupOf(this);
    if (this.group.environment) {
      fail(this, `is in environment '${this.group.environment.name}', and policies hold in all`, 'Define it below a SharedChart');
    }
    setGroupFile(this, this.group, id);
    const { kubernetesVersion, _values: { imageRegistry } } = this.group.profile;
    checkRegistry(this, 'imageRegistry', imageRegistry);
    if (!kubernetesVersion.atLeast(STABLE)) {
      recordFinding(this, NO_ADMISSION, `is left out on Kubernetes ${kubernetesVersion}`);
      return;
    }
    POD_OWNERS.forEach((owner) => this.definePolicy(owner));
    beforeSynthesis(this, () => {
      if (hasAnalysis(this) && !this.node.tryFindChild(ROLLOUT_OWNER.suffix)) {
        this.definePolicy(ROLLOUT_OWNER);
      }
      this.defineBindings();
    });
    this.node.addValidation({ validate: () => coverageErrors(this.bindings()) });
    const { rules } = ADMISSION_SETTINGS.of(this.group.profile);
    if (rules.includes('probes')) {
      addRule(this.node.root, probeRule(() => this.denied()));
    }
    if (rules.includes('registry')) {
      addRule(this.node.root, registryRule([imageRegistry, ...IMAGE_SETTINGS.of(this.group.profile).registries], () => this.denied()));
    }
  }

  private definePolicy(owner: PodOwner): void {
    const values = admissionValues(this.group.profile);
    defineClusterObject<ValidatingAdmissionPolicySpec>(this, owner.suffix, {
      apiVersion: API_VERSION,
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: `${this.node.id}-${owner.suffix}` },
      spec: policySpec(owner, rulesOf(values), values.admission),
    });
  }

  /** One binding for all namespaces in which the same is done about an offender. */
  private defineBindings(): void {
    for (const [name, { actions, namespaces }] of this.bindings()) {
      for (const { suffix } of hasAnalysis(this) ? [...POD_OWNERS, ROLLOUT_OWNER] : POD_OWNERS) {
        if (!this.node.tryFindChild(`${suffix}-${name}`)) {
          defineClusterObject(this, `${suffix}-${name}`, {
            apiVersion: API_VERSION,
            kind: 'ValidatingAdmissionPolicyBinding',
            metadata: { name: `${this.node.id}-${suffix}-${name}` },
            spec: {
              policyName: `${this.node.id}-${suffix}`,
              validationActions: actions,
              matchResources: { namespaceSelector: namespacesNamed(namespaces) },
            },
          });
        }
      }
    }
  }

  private bindings(): Coverage {
    return coverageOf(this, this.group, this.props.namespaces);
  }

  /** The groups in which the policies refuse a pod, by the paths of their charts. */
  private denied(): string[] {
    return ConnectionIndex.of(this).groups.filter(({ environment, profile }) => environment && ADMISSION_SETTINGS.of(profile).actions.includes('Deny'))
      .map(({ chart }) => chart.node.path);
  }
}

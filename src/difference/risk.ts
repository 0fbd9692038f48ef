import type { FieldChange } from './field-change';
import { claimsVolumes } from '../graph/capacity/volumes';
import type { Manifest } from '../manifests/manifest';

/**
 * What a change may do, the most serious first.
 */
export enum Risk {
  /** Kubernetes refuses the change, or data is lost. */
  REFUSED = 'refused',
  /** The volumes, Secrets or namespaces of an object are deleted with it. */
  DATA = 'data',
  /** The change decides who may connect, or what an account may do. */
  ACCESS = 'access',
  /** Something that runs or is called is removed. */
  REMOVAL = 'removal',
  /** Pods restart. */
  RESTART = 'restart',
  /** Anything else. */
  OTHER = 'other',
}

/** All of them, the most serious first. */
export const RISKS: readonly Risk[] = [Risk.REFUSED, Risk.DATA, Risk.ACCESS, Risk.REMOVAL, Risk.RESTART, Risk.OTHER];

/** Kinds that hold data, besides those with volumes. */
const HOLDING = ['Namespace', 'PersistentVolume', 'Secret'];

/** Kinds of one group, or of several, that decide about access. */
const DECIDING = [
  /^(Cluster)?Role(Binding)?\.rbac\.authorization\.k8s\.io$/, /^ServiceAccount$/, /(Network|Authorization|Security)Policy\./, /Authentication\./,
  /^ValidatingAdmissionPolicy(Binding)?\./, /^WorkflowAccessPolicy\./,
];

/** Fields of other kinds that decide about access. */
const ACCESS_FIELDS = /^spec\.accessControl\b|^scopes\b|^metadata\.labels\[pod-security\.kubernetes\.io\//;

/** The risk of a change that Kubernetes makes. */
export function riskOf(before: Manifest | undefined, after: Manifest | undefined, fields: readonly FieldChange[]): Risk {
  const manifest = (after ?? before)!;
  if (!after && (claimsVolumes(manifest) || HOLDING.includes(manifest.qualifiedKind))) {
    return Risk.DATA;
  }
  if (DECIDING.some((kind) => kind.test(manifest.qualifiedKind)) || fields.some(({ field }) => ACCESS_FIELDS.test(field))) {
    return Risk.ACCESS;
  }
  const restarts = before && after?.podTemplate !== undefined && fields.some(({ field }) => /(^|\.)template\b/.test(field));
  return !after ? Risk.REMOVAL : restarts ? Risk.RESTART : Risk.OTHER;
}

import { plainTypes } from '../../scripts/plain-types';

const declarations = `
  export interface KubeClaimProps { readonly metadata?: ObjectMeta; readonly spec?: ClaimSpec; }
  export interface ObjectMeta { readonly creationTimestamp?: Date; readonly labels?: { [key: string]: string }; }
  export interface ClaimSpec { readonly clusterIp?: string; readonly accessModes?: ClaimSpecAccessModes[]; readonly limits?: { [key: string]: Quantity }; readonly port: IntOrString; }
  export declare enum ClaimSpecAccessModes { /** Once */ ONCE = "Once", /** Many */ MANY = "Many" }
  export declare class Quantity { readonly value: string | number; static fromString(value: string): Quantity; private constructor(); }
  export interface Unused { readonly name: string; }
`;
const conversions = `
  export function toJson_ClaimSpec(obj: ClaimSpec | undefined): Record<string, any> | undefined {
    const result = { 'clusterIP': obj.clusterIp, 'accessModes': obj.accessModes?.map(y => y), 'limits': obj.limits, 'port': obj.port?.value };
  }
`;
const wrapper = 'export class IntOrString { public static fromNumber(value: number): IntOrString { return new IntOrString(value); } private constructor(public readonly value: number | string) {} }';

describe('plain types', () => {
  test('are found whatever the case of their letters', () => {
    expect(plainTypes('export interface GrpcRouteSpec { readonly name: string; }', '', ['GRPCRouteSpec'])).toBe('export interface GrpcRouteSpec {\n  name: string;\n}\n');
  });

  test('have the names and values of a manifest, and contain only what the roots lead to', () => {
    expect(plainTypes(declarations + wrapper, conversions, ['KubeClaimProps'])).toBe([
      'export interface Claim {',
      '  apiVersion?: string;',
      '  kind?: string;',
      '  metadata?: ObjectMeta;',
      '  spec?: ClaimSpec;',
      '}',
      '',
      'export interface ClaimSpec {',
      '  clusterIP?: string;',
      '  accessModes?: ClaimSpecAccessModes[];',
      '  limits?: { [key: string]: string | number };',
      '  port: number | string;',
      '}',
      '',
      "export type ClaimSpecAccessModes = 'Once' | 'Many';",
      '',
      'export interface ObjectMeta {',
      '  creationTimestamp?: string;',
      '  labels?: { [key: string]: string };',
      '}',
      '',
    ].join('\n'));
  });

  test('are refused for a root that does not exist', () => {
    expect(() => plainTypes(declarations, conversions, ['KubeClaimProps', 'PodSpec', 'JobSpec'])).toThrow(new Error('The generated code has no type PodSpec, JobSpec.'));
  });
});

import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { durationText } from './dapr-duration-text';
import type * as dapr from '../../imports/dapr';
import type { ServiceNode } from '../core/edges';
import { defineObject, late } from '../core/kubernetes-object';
import type { StoreField } from '../core/store-client';

/** Type and fields of a component. */
export interface ComponentFields {
  readonly type: string;
  readonly version: string;
  readonly ignoreErrors?: boolean;
  readonly metadata: readonly StoreField[];
}

/** Where a component is defined, and for whom. */
export interface ComponentObject {
  readonly name: string;
  readonly fields: () => ComponentFields;
  readonly users: () => readonly ServiceNode[];
  readonly initTimeout: () => Duration;
}

/** Defines a component that is scoped to exactly the services that use it. */
export function defineComponent(scope: Construct, { name, fields, users, initTimeout }: ComponentObject): void {
  defineObject<dapr.ComponentSpec>(scope, name, {
    apiVersion: 'dapr.io/v1alpha1',
    kind: 'Component',
    metadata: { name },
    spec: late(() => {
      const { metadata, ...others } = fields();
      return { ...others, metadata: metadata.map(fieldOf), initTimeout: durationText(initTimeout()) };
    }),
    // the operator reads the Secret and hands its value to the sidecar, which has no access of its own
    auth: { secretStore: 'kubernetes' },
    scopes: late(() => users().map((service) => service.appId)),
  });
}

/** A field as Dapr's objects have it. */
export function fieldOf({ name, value, secret }: StoreField): dapr.ComponentSpecMetadata {
  return secret ? { name, ...secret._toKube() } : { name, value };
}

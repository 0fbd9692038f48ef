import type { AmountField, Amounts } from './amounts';
import { amountsOf, sumOf } from './amounts';

/** What the containers of one pod reserve and may use. */
export interface PodAmounts {
  /** The containers that run at a time, with sidecars that an injector adds. */
  readonly running: readonly Amounts[];
  /** For each init container, itself and what runs next to it. */
  readonly starting: readonly (readonly Amounts[])[];
}

/** The annotations that size an injected sidecar. */
interface Injection {
  readonly isOn: (annotations: { readonly [name: string]: string }, labels: { readonly [name: string]: string }) => boolean;
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu: string; readonly memory: string };
}

const INJECTIONS: readonly Injection[] = [
  {
    isOn: (annotations) => annotations['dapr.io/enabled'] === 'true',
    requests: { cpu: 'dapr.io/sidecar-cpu-request', memory: 'dapr.io/sidecar-memory-request' },
    limits: { cpu: 'dapr.io/sidecar-cpu-limit', memory: 'dapr.io/sidecar-memory-limit' },
  },
  {
    isOn: (annotations, labels) => labels['sidecar.istio.io/inject'] !== 'false' && 'sidecar.istio.io/proxyCPU' in annotations,
    requests: { cpu: 'sidecar.istio.io/proxyCPU', memory: 'sidecar.istio.io/proxyMemory' },
    limits: { cpu: 'sidecar.istio.io/proxyCPULimit', memory: 'sidecar.istio.io/proxyMemoryLimit' },
  },
  {
    isOn: (annotations) => annotations['linkerd.io/inject'] === 'enabled',
    requests: { cpu: 'config.linkerd.io/proxy-cpu-request', memory: 'config.linkerd.io/proxy-memory-request' },
    limits: { cpu: 'config.linkerd.io/proxy-cpu-limit', memory: 'config.linkerd.io/proxy-memory-limit' },
  },
  {
    isOn: (annotations) => 'queue.sidecar.serving.knative.dev/cpu-resource-request' in annotations,
    requests: { cpu: 'queue.sidecar.serving.knative.dev/cpu-resource-request', memory: 'queue.sidecar.serving.knative.dev/memory-resource-request' },
    limits: { cpu: 'queue.sidecar.serving.knative.dev/cpu-resource-limit', memory: 'queue.sidecar.serving.knative.dev/memory-resource-limit' },
  },
];

/**
 * The amounts of a pod.
 *
 * @param template the template of the pod, with `metadata` and `spec`
 * @param range the LimitRange of its namespace for containers, if there is one
 */
export function podAmounts(template: any, range: any): PodAmounts {
  const amounts = ({ resources }: any) => amountsOf(resources, range);
  const injected = injectedInto(template).map((resources) => amountsOf(resources, range));
  const init: any[] = template.spec?.initContainers ?? [];
  const isSidecar = ({ restartPolicy }: any) => restartPolicy === 'Always';
  return {
    running: [...[...template.spec?.containers ?? [], ...init.filter(isSidecar)].map(amounts), ...injected],
    starting: init.flatMap((container, index) => isSidecar(container) ? []
      : [[amounts(container), ...init.slice(0, index).filter(isSidecar).map(amounts), ...injected]]),
  };
}

/** The containers that use the most of something at a time, as a quota counts them: those that run, or those that run while the pod starts. */
export function peakOf({ running, starting }: PodAmounts, field: AmountField): readonly Amounts[] {
  return starting.reduce((most, some) => sumOf(field, some)._exceeds(sumOf(field, most)) ? some : most, running);
}

/** Whether no container has a request or a limit, so that the pod is of the class BestEffort. */
export function isBestEffort({ running, starting }: PodAmounts): boolean {
  return [...running, ...starting.flat()].every((amounts) => Object.values(amounts).every((amount) => amount === undefined));
}

function injectedInto({ metadata }: any): object[] {
  const annotations = metadata?.annotations ?? {};
  return INJECTIONS.filter(({ isOn }) => isOn(annotations, metadata?.labels ?? {})).map(({ requests, limits }) => ({
    requests: { cpu: annotations[requests.cpu], memory: annotations[requests.memory] },
    limits: { cpu: annotations[limits.cpu], memory: annotations[limits.memory] },
  }));
}

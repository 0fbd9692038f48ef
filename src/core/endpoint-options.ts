import type { Construct } from 'constructs';
import type { StoreEndpoint } from './store-endpoint';
import { fail } from '../values/errors';
import { plainText, portNumber, secretLooking } from '../values/value-checks';

/**
 * How Dapr keeps the state of services in a store that exists already.
 */
export interface StateOptions {
  /**
   * Further fields of the Dapr state component, such as `{ keyPrefix: 'appid' }`. They replace those of the library.
   *
   * Set the fields of a component that runs already: where they differ, Dapr does not find the state that is there.
   *
   * @default - none; `keyPrefix` is the profile's `storage.stateKeyPrefix` (namespace)
   */
  readonly stateMetadata?: { [name: string]: string };
}

interface Options extends StateOptions {
  readonly port?: number;
  readonly furtherPorts?: number[];
}

/** The fields of an endpoint that follow from options of any place. */
export function endpointOptions(
  construct: Construct, { port, furtherPorts, stateMetadata }: Options, usualPort: () => number,
): Pick<StoreEndpoint, 'port' | 'furtherPorts' | 'stateMetadata'> {
  for (const [name, value] of Object.entries(stateMetadata ?? {})) {
    plainText(construct, `stateMetadata '${plainText(construct, 'the name of a field in stateMetadata', name)}'`, value);
    const reason = secretLooking(name, value);
    if (reason !== undefined) {
      fail(construct, `stateMetadata '${name}' looks like a secret in plain text: ${reason}`, 'Use components.DaprComponent, whose secrets refer to a Secret');
    }
  }
  return {
    port: portNumber(construct, port ?? usualPort()),
    ...furtherPorts === undefined ? {} : { furtherPorts: furtherPorts.map((each) => portNumber(construct, each)) },
    ...stateMetadata === undefined ? {} : { stateMetadata },
  };
}

import type { Construct } from 'constructs';
import { SIDECAR_SETTINGS } from './dapr-settings';
import { SIDECAR_ANNOTATIONS, type Sidecar } from './sidecar-annotations';
import type { PlatformProfile } from '../profile/platform-profile';
import type { Dapr } from '../values/dapr';
import { defined } from '../values/defined';
import { fail } from '../values/errors';
import type { SecretReference } from '../values/secret-reference';

/** The settings of a sidecar: those of the profile with those of the service. */
export function decidedSidecar(profile: PlatformProfile, { _options: options }: Dapr): Sidecar {
  const own: Partial<Sidecar> = options;
  const usual = SIDECAR_SETTINGS.of(profile);
  return {
    ...usual,
    ...defined(own),
    env: { ...usual.env, ...own.env },
    secretEnv: { ...usual.secretEnv, ...own.secretEnv },
    readiness: { ...usual.readiness, ...defined(own.readiness ?? {}) },
    liveness: { ...usual.liveness, ...defined(own.liveness ?? {}) },
    serviceAnnotations: { ...usual.serviceAnnotations, ...own.serviceAnnotations },
  };
}

/** The variables in which the application of a sidecar finds its tokens. */
export function tokenVariables(profile: PlatformProfile, dapr: Dapr): { [name: string]: SecretReference } {
  const { appToken, apiToken } = dapr._injected ? decidedSidecar(profile, dapr) : {} as Partial<Sidecar>;
  return defined({ APP_API_TOKEN: appToken, DAPR_API_TOKEN: apiToken }) as { [name: string]: SecretReference };
}

/** Fails on settings that the version of Dapr in force does not read, and on those that need another one. */
export function checkDecided(where: Construct, { daprVersion }: PlatformProfile, sidecar: Sidecar): void {
  for (const { setting, since } of Object.values(SIDECAR_ANNOTATIONS)) {
    if (setting && since && !daprVersion.atLeast(since) && isSet(sidecar[setting])) {
      fail(where, `sets '${setting}' of the sidecar, which Dapr reads from ${since} on, and manifests are rendered for Dapr ${daprVersion}`,
        `Leave it out, or set daprVersion to ${since} or later`);
    }
  }
  const open = sidecar.listenAddresses?.find((address) => !/^(?:127\.|\[?::1\]?$|localhost$)/.test(address));
  if (open !== undefined && !sidecar.apiToken) {
    fail(where, `the API of the sidecar would listen at ${open} without a token, so every pod that reaches it could act as the application`, 'Set apiToken');
  }
  if (sidecar.debugPort !== undefined && !sidecar.image) {
    fail(where, 'sets debugPort of the sidecar, and the regular image of Dapr contains no debugger', 'Set image, such as one that is built from docker/Dockerfile-debug of Dapr');
  }
}

function isSet(value: unknown): boolean {
  return value !== undefined && (typeof value !== 'object' || value === null || Object.keys(value).length > 0);
}

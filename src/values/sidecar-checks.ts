import type { DaprOptions } from './dapr-options';
import { fail } from './errors';
import { absoluteFolder } from './folder';
import { APP_PROTOCOLS, LOG_LEVELS, oneOf } from './one-of';
import { Quantity } from './quantity';
import type { SecretReference } from './secret-reference';
import { dnsLabel, plainText, secretLooking, show, wholeSeconds, type Place } from './value-checks';

/** The key that the injector reads in the Secret of a token. */
const TOKEN_KEY = 'token';

/** Variables of the sidecar that the injector sets. */
const INJECTED = [
  'NAMESPACE', 'POD_NAME', 'DAPR_TRUST_ANCHORS', 'DAPR_CONTROLPLANE_NAMESPACE', 'DAPR_CONTROLPLANE_TRUST_DOMAIN', 'DAPR_HOST_IP', 'DAPR_ENV_KEYS',
  'DAPR_COMPONENT_SOCKETS_FOLDER',
];

/**
 * Fails on settings of a sidecar that the injector or the sidecar refuses, or ignores without an error.
 *
 * @param prefix what the names of settings begin with in messages, such as `sidecar.`
 */
export function checkSidecar(where: Place, prefix: string, options: DaprOptions): void {
  const { appProtocol, logLevel, maxBodySize, readBufferSize, blockShutdown } = options;
  if (appProtocol !== undefined) {
    oneOf(where, `${prefix}appProtocol`, appProtocol, APP_PROTOCOLS);
  }
  if (logLevel !== undefined) {
    oneOf(where, `${prefix}logLevel`, logLevel, LOG_LEVELS);
  }
  checkToken(where, `${prefix}appToken`, options.appToken);
  checkToken(where, `${prefix}apiToken`, options.apiToken);
  for (const [name, size] of Object.entries({ maxBodySize, readBufferSize })) {
    if (size !== undefined) {
      Quantity._of('memory', where, `${prefix}${name}`, size);
    }
  }
  if (blockShutdown) {
    wholeSeconds(where, `${prefix}blockShutdown`, blockShutdown, 0);
  }
  checkVariables(where, prefix, options);
  for (const name of ['volumeMounts', 'writableVolumeMounts'] as const) {
    for (const [volume, path] of Object.entries(options[name] ?? {})) {
      dnsLabel(where, `${prefix}${name}`, volume);
      absoluteFolder(where, `${prefix}${name}.${volume}`, path);
    }
  }
}

function checkToken(where: Place, name: string, token: SecretReference | undefined): void {
  if (!token) {
    return;
  }
  checkInSecret(where, name, token);
  if (token.key !== TOKEN_KEY) {
    fail(where, `${name} is the key '${token.key}' of the Secret '${token.name}', and Dapr reads the key '${TOKEN_KEY}'`, `Write SecretReference.of('${token.name}', '${TOKEN_KEY}')`);
  }
}

function checkInSecret(where: Place, name: string, reference: SecretReference): void {
  if (!reference._inSecret) {
    fail(where, `${name} is '${reference}', a file of a SecretProviderClass, and Dapr's injector reads Secrets`, 'Use a Secret, or give the SecretProviderClass sync: true');
  }
}

function checkVariables(where: Place, prefix: string, { env = {}, secretEnv = {} }: DaprOptions): void {
  for (const [name, value] of Object.entries(env)) {
    checkVariableName(where, `${prefix}env`, name);
    if (value !== '') {
      plainText(where, `${prefix}env.${name}`, value, 10_000);
    }
    const reason = secretLooking(name, value);
    if (reason) {
      fail(where, `${prefix}env '${name}' ${reason}`, 'Use secretEnv');
    }
    if (value !== value.trim() || /,\s*[a-zA-Z_][a-zA-Z0-9_]*=/.test(value)) {
      fail(where, `${prefix}env.${name} ${show(value)} begins or ends with a space or contains ',NAME=', and Dapr's injector would read another value`, 'Change the value');
    }
    if (Object.hasOwn(secretEnv, name)) {
      fail(where, `the variable '${name}' of the sidecar is both in env and in secretEnv`, 'Remove one of them');
    }
  }
  for (const [name, reference] of Object.entries(secretEnv)) {
    checkVariableName(where, `${prefix}secretEnv`, name);
    checkInSecret(where, `${prefix}secretEnv.${name}`, reference);
  }
}

function checkVariableName(where: Place, what: string, name: string): void {
  if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) {
    fail(where, `${what} contains ${show(name)}, which Dapr's injector does not read as a variable`, "Use letters, digits and '_', and begin with a letter");
  }
  if (name === 'SSL_CERT_DIR') {
    fail(where, `${what} contains 'SSL_CERT_DIR', with which Dapr's injector lets the sidecar run as root and write its file system`, 'Use SSL_CERT_FILE');
  }
  const token = { APP_API_TOKEN: 'appToken', DAPR_API_TOKEN: 'apiToken' }[name];
  if (token !== undefined || INJECTED.includes(name)) {
    fail(where, `${what} contains '${name}', which Dapr's injector sets`, token === undefined ? 'Remove it' : `Use ${token}`);
  }
}

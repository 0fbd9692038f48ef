import type { Construct } from 'constructs';
import type { WorkloadProps } from './workload-props';
import { checkSecretVariable } from '../core/pod-parts';
import type { ServiceValues } from '../inputs/service-values';
import { place } from '../inputs/service-values';
import { fail } from '../values/errors';
import { environmentVariableName, secretLooking } from '../values/value-checks';

type Texts = Readonly<Record<string, string>>;

/** The variables and the ConfigMap of a workload. */
export interface WorkloadTexts {
  readonly env: Texts;
  readonly config: Texts;
}

/** The texts of code and files, without those that a file unsets. Fails on texts that no variable can have. */
export function workloadTexts(workload: Construct, props: WorkloadProps, files: Partial<ServiceValues> & WorkloadTexts): WorkloadTexts {
  for (const key of Object.keys(files.config)) {
    environmentVariableName(place(files.origin!(`config.${key}`)!), key);
  }
  for (const [name, secret] of Object.entries(props.secretEnv ?? {})) {
    environmentVariableName(workload, name);
    checkSecretVariable(workload, name, secret);
  }
  return { env: merge(workload, 'env', props, files), config: merge(workload, 'config', props, files) };
}

function merge(workload: Construct, kind: 'env' | 'config', props: WorkloadProps, files: Partial<ServiceValues> & WorkloadTexts): Texts {
  const code = props[kind] ?? {};
  checkTexts(workload, kind, code);
  const texts: Record<string, string> = { ...code, ...files[kind] };
  for (const { family, name, origin, found, inForce } of files.unset ?? []) {
    if (family === kind && !found && !Object.hasOwn(code, name)) {
      fail(place(origin), `'${kind}.${name}' is null, but neither the code nor an earlier file sets it`, elsewhere(kind, name, props));
    }
    if (family === kind && inForce) {
      delete texts[name];
    }
  }
  return texts;
}

function elsewhere(kind: 'env' | 'config', name: string, { env, config, secretEnv }: WorkloadProps): string {
  const other = kind === 'env' ? { config } : { env };
  const source = Object.entries({ ...other, secretEnv }).find(([, texts]) => Object.hasOwn(texts ?? {}, name))?.[0];
  return source === undefined ? 'Correct the name, or remove the line' : `The code sets it by ${source}: remove it there`;
}

/** Those of files are checked where they are read, so that an error names the line. */
function checkTexts(workload: Construct, kind: 'env' | 'config', texts: Texts): void {
  for (const [name, value] of Object.entries(texts)) {
    environmentVariableName(workload, name);
    if (typeof value !== 'string') {
      fail(workload, `${kind} '${name}' is ${String(value)}, and an environment variable is text`, 'Write it in quotes');
    }
    const reason = secretLooking(name, value);
    if (reason) {
      fail(workload, `${kind} '${name}' ${reason}`, 'Use a SecretReference in secretFiles');
    }
  }
}

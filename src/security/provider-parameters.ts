import type { Construct } from 'constructs';
import type { RemoteValue } from './remote-value';
import type { SecretProvider } from './secret-provider';
import { toYaml } from '../output/yaml';
import { fail } from '../values/errors';
import { sorted } from '../values/sorted';
import { plainText, show } from '../values/value-checks';

/** A value with the file that it is mounted as. */
interface MountedValue extends RemoteValue {
  readonly file: string;
}

/** What can be said of a field without quotes where a query could stand. */
const PLAIN_FIELD = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** A name in Azure Key Vault. */
const AZURE_NAME = /^[0-9A-Za-z-]{1,127}$/;
const GCP_NAME = /^[A-Za-z0-9_-]{1,255}$/;
/** What Secret Manager calls the newest version, and Azure by no name at all. */
const NEWEST = 'latest';

/** The parameters of a SecretProviderClass: what the provider is told. It takes lists as text. */
export function providerParameters(
  where: Construct, provider: SecretProvider, keys: { readonly [file: string]: RemoteValue },
): { [name: string]: string } {
  const values = sorted(Object.entries(keys).map(([file, value]) => ({ ...value, file })), ({ file }) => file);
  values.forEach(({ file, key }) => plainText(where, `the key of '${file}'`, key));
  const said = Object.fromEntries(Object.entries(provider._parameters).filter(([, value]) => value !== undefined)) as { [name: string]: string };
  switch (provider._format) {
    case 'azure': return { ...said, objects: toYaml({ array: values.map((value) => toYaml(azureObject(where, value))) }) };
    case 'gcp': return { ...said, secrets: toYaml(values.map((value) => gcpSecret(where, provider._parent, value))) };
    case 'vault': return { ...said, objects: toYaml(values.map(vaultObject)) };
    default: return { ...said, objects: toYaml(awsObjects(where, provider._format, values)) };
  }
}

/** One object for each entry: the provider refuses a name that occurs twice. */
function awsObjects(where: Construct, objectType: string, values: readonly MountedValue[]): object[] {
  const entries = new Map<string, MountedValue[]>();
  values.forEach((value) => entries.set(value.key, [...entries.get(value.key) ?? [], value]));
  // an entry of which fields are taken is also mounted whole, with '_' for '/' in its name
  const names = [...entries.keys()].flatMap((name) => [name, name.replaceAll('/', '_')]);
  const twice = values.find(({ file, key, property }) => names.includes(file) && (file !== key || property !== undefined));
  if (twice) {
    fail(where, `the file '${twice.file}' has the name of an entry, and the provider of AWS takes each name once`, 'Give the file another name');
  }
  return [...entries].map(([objectName, of]) => {
    const [{ version }] = of;
    const [whole, second] = of.filter(({ property }) => property === undefined);
    if (of.some((value) => value.version !== version) || second) {
      fail(where, `takes the entry ${show(objectName)} ${second ? 'as two files' : 'in two versions'}, and the provider of AWS takes each entry once`, 'Define a second SecretProviderClass');
    }
    const fields = of.flatMap(({ file, property }) => property === undefined ? []
      : [{ path: PLAIN_FIELD.test(property) ? property : JSON.stringify(property), objectAlias: file }]);
    return compact({
      objectName,
      objectType,
      objectVersion: version,
      objectAlias: whole && whole.file !== objectName ? whole.file : undefined,
      jmesPath: fields.length > 0 ? fields : undefined,
    });
  });
}

function azureObject(where: Construct, { file, key, property, version }: MountedValue): object {
  if (property !== undefined) {
    fail(where, `'${file}' is the field ${show(property)} of ${show(key)}, and secrets of Azure Key Vault have no fields`, 'Leave property out, and let the application take the field');
  }
  if (!AZURE_NAME.test(key)) {
    fail(where, `${show(key)} is not the name of a secret of Azure Key Vault`, "Use letters, digits and '-', at most 127 of them");
  }
  return compact({ objectName: key, objectType: 'secret', objectVersion: version, objectAlias: file === key ? undefined : file });
}

function gcpSecret(where: Construct, parent: string, { file, key, property, version = NEWEST }: MountedValue): object {
  if (!GCP_NAME.test(key)) {
    fail(where, `${show(key)} is not the name of a secret of Secret Manager`, "Write the last part of its name alone: letters, digits, '-' and '_'");
  }
  return compact({ resourceName: `${parent}/secrets/${key}/versions/${version}`, path: file, extractJsonKey: property });
}

function vaultObject({ file, key, property, version }: MountedValue): object {
  return compact({ objectName: file, secretPath: key, secretKey: property, secretArgs: version === undefined ? undefined : { version } });
}

function compact(fields: { readonly [name: string]: unknown }): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

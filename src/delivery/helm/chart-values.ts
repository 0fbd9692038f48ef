import type { ValuePath } from './template-node';
import type { ByEnvironment } from './words';
import { fail } from '../../values/errors';

/** A value of a chart: what each environment says of it that has it, and what it is for. */
export interface ChartValue {
  readonly path: ValuePath;
  readonly values: ByEnvironment<unknown>;
  readonly description: string;
}

/** Names at the top that are no kinds of objects: the well-known values, and what Helm itself puts there. */
const TAKEN: readonly string[] = ['environment', 'image', 'replicas', 'autoscaling', 'resources', 'env', 'config', 'logLevel', 'daprChecksum', 'syncOptions', 'global'];

/** The values of a chart while its templates are made. */
export class ChartValues {
  private readonly byPath = new Map<string, ChartValue>();
  private readonly names = new Map<string, Map<string, string>>([['', new Map(TAKEN.map((name) => [`!${name}`, name]))]]);

  private readonly owners = new Map<string, string>();

  public get all(): readonly ChartValue[] {
    return [...this.byPath.values()];
  }

  /**
   * A name below a parent for templates: of letters, digits and underscores, and nobody else's.
   *
   * @param identity what the name stands for: the same gets the same name
   * @param label what the name is made of
   */
  public name(parent: ValuePath, identity: string, label: string = identity): string {
    const key = parent.join('.');
    const siblings = this.names.get(key) ?? new Map<string, string>();
    this.names.set(key, siblings);
    const known = siblings.get(identity);
    if (known !== undefined) {
      return known;
    }
    const plain = identifier(label);
    const taken = new Set(siblings.values());
    let name = plain;
    for (let count = SECOND; taken.has(name); count += 1) {
      name = `${plain}_${count}`;
    }
    siblings.set(identity, name);
    return name;
  }

  /** Whether a name at the top belongs to this one, and to no other that came before. */
  public claim(name: string, identity: string): boolean {
    const owner = this.owners.get(name) ?? identity;
    this.owners.set(name, owner);
    return owner === identity;
  }

  public add(path: ValuePath, values: ByEnvironment<unknown>, description: string): void {
    const known = this.byPath.get(path.join('\n'));
    if (known) {
      fail('HelmCharts', `'${path.join('.')}' would be a value of ${known.description} and of ${description}`, 'Rename one of the objects');
    }
    this.byPath.set(path.join('\n'), { path, values, description });
  }

  /**
   * Adds a value under a name that others may use too. Returns whether it is there now: not so if another said something else under this name.
   */
  public share(path: ValuePath, values: ByEnvironment<unknown>, description: string): boolean {
    const known = this.byPath.get(path.join('\n'));
    if (!known) {
      this.add(path, values, description);
      return true;
    }
    return [...values].every(([environment, value]) => known.values.has(environment) && known.values.get(environment) === value);
  }

  /** Whether just these environments have a value. */
  public isOf(path: ValuePath, environments: readonly string[]): boolean {
    const known = this.byPath.get(path.join('\n'));
    return known?.values.size === environments.length && environments.every((environment) => known.values.has(environment));
  }
}

/** Counted from the first of a name, which has no number. */
const SECOND = 2;

function identifier(raw: string): string {
  const plain = raw.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_|_$/g, '');
  return /^[A-Za-z]/.test(plain) ? plain : `n${plain}`;
}

import { filesBelow } from './folders';
import type { ServiceValues, ValuesSource } from './service-values';
import { checkedDirectory, readServiceValues, valuesFiles } from './service-values';
import { checkInside, checkText, isDirectory, readTextFile } from './text-file';
import { fail } from '../values/errors';
import { show } from '../values/value-checks';

/** A file that its author meant for values. */
const LIKE_VALUES = /(?:^|\/)(?:values(?:-base)?|tag)\.ya?ml$/i;

/** The files of a service, below the directory of values files. */
const FILE = /^[^/]+\/(?:values-base\.yaml|[^/]+\/(?:values|tag)\.yaml)$/;

/**
 * The values files of services: images, numbers of replicas, resources and variables, by service and environment.
 *
 * A service has `<service>/values-base.yaml`, `<service>/<environment>/values.yaml` and `<service>/<environment>/tag.yaml`, each optional.
 * A later file overrides an earlier one, key by key. `null` unsets a key of `env` or `config` that the code or an earlier file sets.
 *
 * @example
 *
 * declare const environment: Environment;
 * new ServiceChart(this, 'core-business', { environment, values: Values.directory('applications/main') });
 */
export class Values {
  /**
   * Reads values from the files below a directory. Fails if the directory does not exist.
   *
   * @param path the path of the directory, relative to the working directory
   */
  public static directory(path: string): Values {
    const root = checkedDirectory(path);
    checkInside(root);
    if (!isDirectory(root)) {
      fail('Values.directory', `${show(root)} is not a directory`, 'Write the path of the values files, relative to the working directory');
    }
    return new Values({ root, read: (file) => readTextFile(root, `${root}/${file}`), list: () => filesBelow(root) }, root);
  }

  /**
   * Takes values from the program, for tests and for programs without a file system.
   *
   * @param files the content of each file by its path, such as `checkout/prod/values.yaml`: YAML, or the data itself, such as
   * `{ replicas: { min: 2, max: 10 } }`
   */
  public static of(files: { [path: string]: any }): Values {
    const texts = new Map(Object.entries(files).map(([path, content]) => [path, textOf(path, content)]));
    return new Values({ root: '', read: (file) => texts.get(file) });
  }

  private readonly known = new Map<string, ServiceValues>();

  private constructor(
    private readonly source: ValuesSource,
    /**
     * The directory of the files, parts separated by `/`, without one at the end.
     *
     * @internal
     */
    public readonly _directory?: string,
  ) {}

  /**
   * The files of the directory that look like values files, sorted; none if the program supplies the values.
   *
   * @internal
   */
  public _files(): string[] {
    return this.source.list?.().filter((file) => LIKE_VALUES.test(file)) ?? [];
  }

  /**
   * The files that were read, or would have been if they existed.
   *
   * @internal
   */
  public _paths(): string[] {
    return [...this.known.keys()].flatMap((key) => {
      const [service, environment] = key.split('/');
      return valuesFiles(service, environment);
    });
  }

  /**
   * The values of a service in an environment. Reads each file once.
   *
   * @internal
   */
  public _read(service: string, environment: string): ServiceValues {
    const key = `${service}/${environment}`;
    const values = this.known.get(key) ?? readServiceValues(this.source, service, environment);
    this.known.set(key, values);
    return values;
  }
}

function textOf(path: string, content: unknown): string {
  if (!FILE.test(path)) {
    fail('Values.of', `${show(path)} is not the path of a values file`,
      "Write '<service>/values-base.yaml', '<service>/<environment>/values.yaml' or '<service>/<environment>/tag.yaml'");
  }
  return checkText(path, typeof content === 'string' ? content : JSON.stringify(content, undefined, 2));
}

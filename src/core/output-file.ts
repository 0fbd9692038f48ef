import { Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { checkFileName } from './file-name';
import { fail } from '../values/errors';
import { TreeValue } from '../values/tree-value';

const FILE = Symbol.for('cdk8s-microservices.OutputFile');

/** The marked constructs in a chart, and in the charts in it. */
const MARKED = new TreeValue<Set<Construct>>('marked-constructs');

/**
 * Gives the API objects below a construct a manifest file of their own.
 *
 * Read by the `App` of this library with `YamlOutputType.FILE_PER_CHART`; other output types, and the `App` of cdk8s,
 * take no notice of it. Objects of a chart that no mark covers stay in the file of the chart.
 *
 * Within a marked file the order of objects does not depend on the construct tree: dependencies come first, then the
 * kinds in the order of installation, then namespace and name. Moving a construct leaves the file as it is.
 *
 * @example
 *
 * declare const checkout: Construct;
 * OutputFile.set(checkout, 'prod/core-business/checkout'); // <outdir>/prod/core-business/checkout.k8s.yaml
 */
export class OutputFile {
  /**
   * Writes the API objects in a construct, and in its descendants of the same chart, to a file.
   *
   * A descendant may be marked with another file. Fails if a part of the name is not portable: empty, `.` or `..`,
   * reserved by Windows, or with a character other than letters, digits, `-`, `_` and `.`.
   *
   * @param construct the construct whose objects are written there
   * @param file the file, relative to the output folder, parts separated by `/`, without the extension of the app
   */
  public static set(construct: Construct, file: string): void {
    const problem = checkFileName(file);
    if (problem) {
      fail(construct, `OutputFile.set: '${file}' ${problem}`, 'Give a path such as \'prod/core-business/checkout\'');
    }
    Object.defineProperty(construct, FILE, { value: file, configurable: true });
    for (const chart of construct.node.scopes.filter((scope) => Chart.isChart(scope))) {
      MARKED.ensure(chart, () => new Set()).add(construct);
    }
  }

  /**
   * The file of the nearest marked construct, which is the given one or one around it in the same chart.
   *
   * @param construct the construct to look from
   * @returns the file as given to `set`, or undefined if the objects go to the file of the chart
   */
  public static of(construct: Construct): string | undefined {
    const owner = OutputFile._ownerOf(construct);
    return owner && OutputFile._fileOf(owner);
  }

  /**
   * The construct that carries the mark which `of` reads.
   *
   * @internal
   */
  public static _ownerOf(construct: IConstruct): IConstruct | undefined {
    for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
      if (FILE in scope) {
        return scope;
      }
      if (Chart.isChart(scope)) {
        return undefined;
      }
    }
    return undefined;
  }

  /**
   * The file of a construct that carries a mark.
   *
   * @internal
   */
  public static _fileOf(owner: IConstruct): string {
    return Reflect.get(owner, FILE);
  }

  /**
   * The constructs in a chart that carry a mark, the chart itself included.
   *
   * @internal
   */
  public static _marksIn(chart: IConstruct): Construct[] {
    // a construct that was removed still knows what was around it
    const isThere = ({ node: { scope, id } }: IConstruct) => scope?.node.tryFindChild(id) !== undefined;
    return [...MARKED.own(chart) ?? []].filter((construct) => construct.node.scopes.every((scope) => !scope.node.scope || isThere(scope)));
  }

  private constructor() {}
}

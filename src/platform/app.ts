import { isAbsolute, relative, sep } from 'path';
import { App as Cdk8sApp, AppProps, YamlOutputType } from 'cdk8s';
import { BUILT_IN_RULES } from '../checks/built-in-rules';
import { findingError } from '../checks/finding';
import { judge } from '../checks/judge';
import { registryOf } from '../checks/registry';
import { Report } from '../checks/report';
import { Severity } from '../checks/severity';
import { prepared } from '../core/preparation';
import type { ManifestSet } from '../manifests/manifest-set';
import { reportWithoutStack } from '../output/error-report';
import { FileNames } from '../output/file-names';
import { constructMetadata, join, layOut, layOutDerived, layOutTrees } from '../output/layout';
import type { Output } from '../output/output';
import { OutputFolder } from '../output/output-folder';
import { Synthesis } from '../output/synthesis';
import { refuse } from '../output/validation';

/**
 * A cdk8s app that renders each object once, and writes all manifests or none.
 *
 * Takes the place of the `App` of cdk8s: any chart works in it, and the manifests are the same. What differs:
 *
 * - Time grows with the number of objects. The `App` of cdk8s validates the whole app again for each chart.
 * - Nothing is written when synthesis fails. (`cdk8s synth` empties the output folder before it starts the app.)
 * - The file `.cdk8s-microservices` of the output folder records the files of each program. Synthesis removes those that its program does not
 *   write any more, and fails instead of replacing a file of somebody else. The output folder must not contain the working directory.
 * - The output folder changes at once: a killed process leaves the old manifests or the new ones.
 * - Constructs may have a file of their own, see `OutputFile`.
 * - Manifests are available as data, see `manifests`. Synthesis reads patches back, which cdk8s may drop in silence.
 *
 * Synthesis fails if a value cannot be written as it is: a number that is not finite or beyond 2^53, or `undefined`
 * in a list, because a reader would get another value. It fails if two outputs have the same file name, whatever the
 * case of its letters, because one would be lost, and if an object occurs twice in files of `OutputFile`, because the
 * last one applied would win.
 *
 * A program that fails ends with the message of the error and exit code 1. Set the variable `DEBUG` to see where it was thrown.
 *
 * @example
 *
 * const app = new App({ outdir: 'dist' });
 * new Chart(app, 'core-business');
 * app.synth();
 */
export class App extends Cdk8sApp {
  private readonly files: FileNames;
  private readonly folder: OutputFolder;
  private readonly recordsMetadata: boolean;
  private readonly trees = new Map<string, OutputFolder>();

  /**
   * Defines an app.
   *
   * @param props the properties of the `App` of cdk8s, with the same defaults
   */
  constructor(props: AppProps = {}) {
    super(props);
    reportWithoutStack();
    this.recordsMetadata = props.recordConstructMetadata ?? process.env.CDK8S_RECORD_CONSTRUCT_METADATA === 'true';
    this.files = new FileNames(this.yamlOutputType, this.outputFileExtension);
    this.folder = new OutputFolder(this.outdir);
    registryOf(this).report = (today) => prepared(this, () => this.judge(new Synthesis(this, this.files).manifests, today));
  }

  /**
   * Writes the manifests of all charts to the output folder, and prints what the checks find on standard error.
   *
   * Validates every construct once, then checks the manifests, and reports all errors together. On failure no file of the output folder is
   * created, changed or removed, nor is the folder itself created.
   */
  public synth(): void {
    const report = prepared(this, () => {
      const { synthesis, found } = this.checked(this.files);
      const { outputs, folders } = layOut(synthesis, this.files);
      if (this.recordsMetadata) {
        outputs.push(constructMetadata(synthesis));
      }
      const trees = this.layOutBeside(synthesis);
      this.folder.check(outputs);
      trees.forEach((files, folder) => folder.check(files));
      const changes = [this.folder.write(outputs, folders), ...[...trees].map(([folder, files]) => folder.write(files))].flat();
      return new Report([...found.findings, ...changes]);
    });
    process.stderr.write(`${report}`);
  }

  /**
   * The manifests of all charts as one stream of YAML documents, in the order of their dependencies.
   *
   * Fails as `synth` does, and prints no findings.
   *
   * @returns documents separated by `---`
   */
  public synthYaml(): string {
    const files = new FileNames(YamlOutputType.FILE_PER_APP, this.outputFileExtension);
    return prepared(this, () => join(this.checked(files).synthesis.charts.flatMap((chart) => chart.manifests)));
  }

  /**
   * The manifests of all charts as data, in the order of their dependencies. Writes nothing.
   *
   * Validates every construct, as `synth` does, but refuses nothing that only the checks find. Each call renders the manifests anew.
   *
   * @returns what `synth` would write
   */
  public manifests(): ManifestSet {
    return prepared(this, () => new Synthesis(this, this.files).manifests);
  }

  /** Renders the manifests, and fails if a rule refuses them. */
  private checked(files: FileNames): { synthesis: Synthesis; found: Report } {
    const synthesis = new Synthesis(this, files);
    const found = this.judge(synthesis.manifests);
    refuse(found.of(Severity.ERROR).map(findingError));
    return { synthesis, found };
  }

  private judge(manifests: ManifestSet, today?: string): Report {
    return judge(manifests, BUILT_IN_RULES, registryOf(this), today);
  }

  /** What goes to folders beside the output folder, all of a folder together. */
  private layOutBeside(synthesis: Synthesis): Map<OutputFolder, Output[]> {
    const trees = new Map<OutputFolder, Output[]>();
    for (const { directory, header, outputs } of [...layOutTrees(synthesis), ...layOutDerived(synthesis)]) {
      const folder = this.treeFolder(directory, header);
      trees.set(folder, [...trees.get(folder) ?? [], ...outputs]);
    }
    return trees;
  }

  /**
   * The folder of a tree beside the output folder. It is below the output folder where that is outside the working directory, as in a trial,
   * so that synthesis does not change the repository.
   */
  private treeFolder(directory: string, header: string): OutputFolder {
    const way = relative('.', this.outdir);
    const path = isAbsolute(way) || way.split(sep)[0] === '..' ? `${this.outdir}/${directory}` : directory;
    const key = `${path}\n${header}`;
    const known = this.trees.get(key) ?? new OutputFolder(path, header);
    this.trees.set(key, known);
    return known;
  }
}

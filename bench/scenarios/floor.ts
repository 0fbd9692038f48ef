import { GROUP_SIZE } from './group-size';
import { OutputFolder } from '../../src/output/output-folder';
import { toYaml } from '../../src/output/yaml';

type Groups = Record<string, (group: string, services: string[]) => Record<string, unknown[]>>;

/**
 * The objects of `services.ts` as literals, through the emitter of the library: no construct, no setting, no check.
 */
export function run(outdir: string, size: string): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const environments = require('../literals') as Groups;
  const outputs = Object.entries(environments).flatMap(([environment, objectsOf]) => (
    Array.from({ length: Number(size) / GROUP_SIZE }, (_, index) => index).flatMap((index) => {
      const group = `group-${index}`;
      const names = Array.from({ length: GROUP_SIZE }, (__, service) => `service-${index * GROUP_SIZE + service}`);
      return Object.entries(objectsOf(group, names)).map(([name, objects]) => (
        { file: `${environment}/${group}/${name}.k8s.yaml`, owner: name, text: objects.map((object) => toYaml(object)).join('---\n') }));
    })
  ));
  const folder = new OutputFolder(outdir, '.k8s.yaml');
  folder.check(outputs);
  folder.write(outputs);
}

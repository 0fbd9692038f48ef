import type { IConstruct } from 'constructs';
import type { ConstructTree } from './construct-tree';
import type { FileNames } from './file-names';
import { defineFromManifests, isRenderedInOrder, treeOf } from './output-tree';
import { giveOwnFiles } from './own-files';
import type { ChartManifests } from './rendering';
import { Rendering } from './rendering';
import { refuse, validated } from './validation';
import { findGroup } from '../core/service-group';
import { ManifestSet } from '../manifests/manifest-set';
import { fail } from '../values/errors';

/**
 * All manifests of an app, validated, each object rendered once.
 *
 * Charts with a folder of their own come last: they define their objects from the manifests of all others.
 */
export class Synthesis {
  /** The charts in the order of output. */
  public readonly charts: readonly ChartManifests[];

  /** The manifests of all charts, in the same order. */
  public readonly manifests: ManifestSet;

  public readonly tree: ConstructTree;

  constructor(root: IConstruct, files: FileNames) {
    isRenderedInOrder(root);
    const tree = validated(root);
    giveOwnFiles(tree.constructs);
    const render = (from: ConstructTree, late: boolean) => {
      const { charts, problems } = new Rendering(from, files, (chart) => (treeOf(chart) !== undefined) === late);
      refuse(problems);
      return charts;
    };
    const early = render(tree, false);
    const known = setOf(early);
    refuse(tree.charts.flatMap((chart) => defineFromManifests(tree.constructs[chart], known)));
    const isLate = tree.charts.some((chart) => treeOf(tree.constructs[chart]) !== undefined);
    this.tree = isLate ? validated(root, tree.constructs) : tree;
    this.charts = isLate ? [...early, ...render(this.tree, true)].sort((a, b) => a.number - b.number) : early;
    this.manifests = isLate ? setOf(this.charts) : known;
    refuseDuplicates(this.charts);
  }
}

function setOf(charts: readonly ChartManifests[]): ManifestSet {
  return new ManifestSet(charts.flatMap(({ manifests }) => manifests.map(({ manifest }) => manifest)));
}

/** Environments whose namespaces have one name are in clusters of their own. */
function clusterOf(construct: IConstruct): string {
  const group = findGroup(construct);
  return group?.home._fixed && group.environment ? `${group.environment.name}/` : '';
}

function refuseDuplicates(charts: readonly ChartManifests[]): void {
  const seen = new Map<string, IConstruct>();
  for (const { construct, manifest: { id, kind, name, namespace }, marked } of charts.flatMap((chart) => chart.manifests)) {
    if (!marked || name === '') {
      continue;
    }
    const key = `${clusterOf(construct)}${id}`;
    const other = seen.get(key);
    if (other) {
      fail(construct, `defines the same ${kind} '${name}'${namespace === undefined ? '' : ` in namespace '${namespace}'`} as [${other.node.path}], so the last one applied wins`,
        'Rename one of them or remove it');
    }
    seen.set(key, construct);
  }
}

import { Manifest } from './manifest';
import { readManifests } from './reader';
import { selects } from './selector';

/**
 * Kubernetes objects as plain data: those that an app renders, or those of files.
 *
 * Built once and never changed. Every question is answered from an index, so its time grows with the answer and not with the set.
 *
 * @example
 *
 * declare const texts: { [file: string]: string };
 * const autoscalers = ManifestSet.parse(texts).of('HorizontalPodAutoscaler');
 */
export class ManifestSet {
  /**
   * Reads a set from texts of YAML or JSON.
   *
   * A text may hold several documents. Lists, such as `kubectl get --output=yaml` prints, count as the objects in them. Scalars mean what
   * they mean to kubectl: `on` is true, `0644` is octal.
   *
   * Fails on a text that is neither, and on a document that is no Kubernetes object, with its file and line.
   *
   * @param texts the texts, by the names of their files
   */
  public static parse(texts: { [file: string]: string }): ManifestSet {
    return new ManifestSet(Object.entries(texts).flatMap(([file, text]) => readManifests(file, text)));
  }

  /**
   * Makes a set of plain objects, such as a test writes them.
   *
   * @param objects the objects
   */
  public static ofJson(objects: any[]): ManifestSet {
    return new ManifestSet(objects.map((object) => new Manifest(object)));
  }

  /**
   * All manifests, in the order in which they were rendered or read.
   */
  public readonly all: Manifest[];

  private readonly made = new Map<unknown, unknown>();
  private readonly indexes = new Map<string, Map<string, Manifest[]>>();

  /**
   * Makes a set.
   *
   * @param manifests the manifests
   */
  constructor(manifests: Manifest[]) {
    this.all = manifests;
  }

  /**
   * Manifests of a kind.
   *
   * @param kind the kind, such as `Deployment`
   * @param group the group of its API, such as `apps`, an empty text for the core; all groups that have such a kind if left out
   */
  public of(kind: string, group?: string): Manifest[] {
    return group === undefined ? this.look('kind', (each) => [each.kind], kind)
      : this.look('group and kind', (each) => [each.qualifiedKind], group === '' ? kind : `${kind}.${group}`);
  }

  /**
   * Manifests of a namespace.
   */
  public inNamespace(namespace: string): Manifest[] {
    return this.look('namespace', (each) => [each.namespace ?? ''], namespace);
  }

  /**
   * The manifest of that name, or undefined if there is none.
   *
   * @param kind the kind, such as `Deployment`
   * @param name the name of the object
   * @param namespace its namespace; left out for a kind that lives in none
   * @param group the group of its API, such as `apps`, an empty text for the core; any if left out
   */
  public named(kind: string, name: string, namespace?: string, group?: string): Manifest | undefined {
    return this.look('name', (each) => [key(each.kind, each.namespace, each.name)], key(kind, namespace, name))
      .find((each) => group === undefined || each.group === group);
  }

  /**
   * Manifests of a file, by the name that `ManifestPlace.file` has.
   */
  public inFile(file: string): Manifest[] {
    return this.look('file', ({ place }) => place.file === undefined ? [] : [place.file], file);
  }

  /**
   * Manifests of the file that belongs to a construct: a service, a store or a namespace.
   *
   * @param owner the path of the construct
   */
  public ownedBy(owner: string): Manifest[] {
    return this.look('owner', ({ place }) => place.owner === undefined ? [] : [place.owner], owner);
  }

  /**
   * Manifests that a construct renders, with those of all constructs in it.
   *
   * @param path the path of the construct
   */
  public below(path: string): Manifest[] {
    return path === '' ? this.all : this.look('path', ({ place }) => ancestors(place.path), path);
  }

  /**
   * Manifests that run pods: of a Deployment, a CronJob and their like, see `Manifest.podTemplate`.
   *
   * @param namespace where the pods run; everywhere if left out
   */
  public workloads(namespace?: string): Manifest[] {
    return this.look('workload', (each) => each.podTemplate ? ['', `/${each.namespace ?? ''}`] : [], namespace === undefined ? '' : `/${namespace}`);
  }

  /**
   * Manifests whose pods another one selects: a Service, NetworkPolicy, PodDisruptionBudget and whatever else has a selector, in its own
   * namespace. Without a selector there are none; an empty selector of a Service selects none, and any other all pods.
   */
  public podsSelectedBy(manifest: Manifest): Manifest[] {
    const { kind, group, namespace, spec } = manifest;
    if (kind === 'Service' && group === '') {
      return Object.keys(spec.selector ?? {}).length === 0 ? [] : this.podsWith(namespace ?? '', { matchLabels: spec.selector });
    }
    const selector = kind === 'NetworkPolicy' ? spec.podSelector : spec.selector;
    return selector === undefined ? [] : this.podsWith(namespace ?? '', selector);
  }

  /**
   * Manifests whose pods fit a selector.
   *
   * @param namespace where the pods run
   * @param selector a selector with `matchLabels` and `matchExpressions`; an empty one selects all
   */
  public podsWith(namespace: string, selector: any): Manifest[] {
    const named = Object.entries(selector.matchLabels ?? {}).map(([name, value]) => this.look('pod label', podLabels, key(namespace, name, `${value}`), () => this.workloads()));
    const candidates = named.length === 0 ? this.workloads(namespace) : named.reduce((a, b) => b.length < a.length ? b : a);
    return candidates.filter(({ podTemplate }) => selects(selector, podTemplate.metadata?.labels ?? {}));
  }

  /**
   * What a function makes of the set, made once: for questions that no index answers.
   *
   * @internal
   */
  public _once<T>(make: (manifests: ManifestSet) => T): T {
    if (!this.made.has(make)) {
      this.made.set(make, make(this));
    }
    return this.made.get(make) as T;
  }

  /** An index is made when it is first needed. */
  private look(index: string, keysOf: (manifest: Manifest) => readonly string[], wanted: string, among = () => this.all): Manifest[] {
    const known = this.indexes.get(index) ?? new Map<string, Manifest[]>();
    if (!this.indexes.has(index)) {
      this.indexes.set(index, known);
      for (const manifest of among()) {
        for (const each of keysOf(manifest)) {
          const list = known.get(each);
          list ? list.push(manifest) : known.set(each, [manifest]);
        }
      }
    }
    return [...known.get(wanted) ?? []];
  }
}

function key(...parts: readonly (string | undefined)[]): string {
  return parts.map((part) => part ?? '').join('\n');
}

function ancestors(path: string = ''): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function podLabels({ namespace, podTemplate }: Manifest): string[] {
  return Object.entries(podTemplate?.metadata?.labels ?? {}).map(([name, value]) => key(namespace, name, `${value}`));
}

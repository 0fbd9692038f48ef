import { podTemplateIn } from './pod-template';

/**
 * Where a manifest comes from.
 */
export interface ManifestPlace {
  /**
   * The file, as its reader names it, or as it is written below the output folder.
   *
   * @default - no file
   */
  readonly file?: string;

  /**
   * The line in the file that the manifest begins in, counted from 1.
   *
   * @default - the manifest was not read from a file
   */
  readonly line?: number;

  /**
   * The path of the construct that renders the manifest.
   *
   * @default - the manifest was not rendered by a construct
   */
  readonly path?: string;

  /**
   * The path of the construct that the file belongs to: a service, a store or a namespace.
   *
   * @default - the file belongs to a chart
   */
  readonly owner?: string;
}

/**
 * One Kubernetes object as plain data, with the place that it comes from.
 *
 * Treat the data as read-only: everybody who reads a `ManifestSet` reads the same objects.
 */
export class Manifest {
  /**
   * The whole object, as its file holds it.
   */
  public readonly json: any;

  /**
   * Where it comes from.
   */
  public readonly place: ManifestPlace;

  /**
   * The version of its API, such as `apps/v1`.
   */
  public readonly apiVersion: string;

  /**
   * The group of its API, such as `apps`; an empty text for the core.
   */
  public readonly group: string;

  /**
   * The kind, such as `Deployment`.
   */
  public readonly kind: string;

  /**
   * The name, or an empty text if the API server generates it.
   */
  public readonly name: string;

  /**
   * The namespace, or undefined if the manifest names none.
   */
  public readonly namespace?: string;

  /**
   * Wraps an object.
   *
   * @param json the object
   * @param place where it comes from
   */
  constructor(json: any, place: ManifestPlace = {}) {
    this.json = json;
    this.place = place;
    this.apiVersion = `${json.apiVersion}`;
    const slash = this.apiVersion.indexOf('/');
    this.group = slash < 0 ? '' : this.apiVersion.slice(0, slash);
    this.kind = `${json.kind}`;
    this.name = `${json.metadata?.name ?? ''}`;
    // an empty namespace is none
    this.namespace = json.metadata?.namespace ? `${json.metadata.namespace}` : undefined;
  }

  /**
   * Kind and group, such as `Deployment.apps`; only the kind for those of the core.
   */
  public get qualifiedKind(): string {
    return this.group === '' ? this.kind : `${this.kind}.${this.group}`;
  }

  /**
   * What tells the object from all others of a cluster, such as `Deployment.apps/core-business-prod/checkout`. The version of the API is
   * not part of it.
   */
  public get id(): string {
    return `${this.qualifiedKind}/${this.namespace === undefined ? '' : `${this.namespace}/`}${this.name}`;
  }

  /**
   * Labels of the object.
   */
  public get labels(): { [name: string]: string } {
    return this.json.metadata?.labels ?? {};
  }

  /**
   * Annotations of the object.
   */
  public get annotations(): { [name: string]: string } {
    return this.json.metadata?.annotations ?? {};
  }

  /**
   * The specification of the object, or an empty map if it has none.
   */
  public get spec(): any {
    return this.json.spec ?? {};
  }

  /**
   * The template of its pods, with `metadata` and `spec`: the object itself for a Pod, undefined for a kind that runs none.
   */
  public get podTemplate(): any {
    return podTemplateIn(this.group, this.json);
  }

  /**
   * The place as messages name it: `file:line`, or `[path]` of the construct.
   */
  public toString(): string {
    const { file, line, path } = this.place;
    return path !== undefined ? `[${path}]` : file === undefined ? this.id : line === undefined ? file : `${file}:${line}`;
  }
}

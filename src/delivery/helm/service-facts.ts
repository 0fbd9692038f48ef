import { isMap } from './alignment';
import type { ByEnvironment } from './words';
import { podTemplatePath as pathOfKind } from '../../manifests/pod-template';

/** An object of the API as it is rendered. */
export interface ChartObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> };
  readonly [field: string]: unknown;
}

/** The parts of an image, of which a release changes the last two. */
export interface ImageParts {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** What an environment's objects say of the service that they are of. */
export interface ServiceFacts {
  readonly image?: ImageParts;
  readonly config?: Readonly<Record<string, string>>;
  /** The name of its Job. */
  readonly job?: string;
}

/** The path to the template of an object's pods, if it makes any. */
export function podTemplatePath({ apiVersion, kind }: ChartObject): readonly string[] | undefined {
  return pathOfKind(apiVersion.includes('/') ? apiVersion.split('/')[0] : '', kind);
}

/** What the objects of a service have in each environment. */
export function factsOf(service: string, objects: ByEnvironment<readonly ChartObject[]>): ByEnvironment<ServiceFacts> {
  return new Map([...objects].map(([environment, own]) => [environment, {
    image: own.map((object) => imageOf(service, object)).find((image) => image !== undefined),
    config: own.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === service)?.data as ServiceFacts['config'],
    job: own.find((object) => object.kind === 'Job' && ownContainer(service, object) !== undefined)?.metadata.name,
  }]));
}

/** The template of an object's pods. */
export function podTemplateOf(object: ChartObject): { readonly metadata?: any; readonly spec?: any } | undefined {
  const found = podTemplatePath(object)?.reduce<unknown>((at, key) => isMap(at) ? at[key] : undefined, object);
  return isMap(found) ? found : undefined;
}

/** The application's own container has the name of the service. */
export function ownContainer(service: string, object: ChartObject): any {
  const containers: unknown = podTemplateOf(object)?.spec?.containers;
  return Array.isArray(containers) ? containers.find((each) => isMap(each) && each.name === service) : undefined;
}

function imageOf(service: string, object: ChartObject): ImageParts | undefined {
  return parseImage(ownContainer(service, object)?.image);
}

export function parseImage(text: unknown): ImageParts | undefined {
  const [, repository, tag, digest] = /^([^:@]+(?::\d+\/[^:@]+)?)(?::([^:@/]+))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(typeof text === 'string' ? text : '') ?? [];
  return repository === undefined || (tag === undefined && digest === undefined) ? undefined : { repository, tag, digest };
}

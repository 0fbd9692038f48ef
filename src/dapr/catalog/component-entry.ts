/** What components-contrib says of one version of a component type. */
export interface ComponentEntry {
  /** The documented fields. */
  readonly f: readonly string[];
  /** Fields that are required, whatever the authentication. */
  readonly r?: readonly string[];
  /** The values of fields that have few. */
  readonly a?: Readonly<Record<string, readonly string[]>>;
  /** The ways of authentication, each with its title and the fields it requires. */
  readonly p?: readonly { readonly t: string; readonly r: readonly string[] }[];
  /** The directions of a binding: `i`, `o` or `io`. */
  readonly d?: string;
  /** Fields that the code reads and the documentation does not name. */
  readonly x: readonly string[];
}

/** Descriptions, and for each minor version of Dapr which of them `<type>/<version>` has; -1 where nothing describes a type that exists. */
export interface ComponentData {
  readonly components: readonly ComponentEntry[];
  readonly versions: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

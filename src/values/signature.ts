/** A parameter: its name, with a question mark if it is optional, and its type, such as `options?: CallOptions`. The type may be empty. */
export type Parameter = string;

/** A construct of the library. */
export interface ClassSignature {
  /** The class that it extends. */
  readonly base: string;
  /** The struct of its constructor, with a question mark if it is optional. */
  readonly props?: string;
  /** The parameters of its methods. */
  readonly methods: Readonly<Record<string, readonly Parameter[]>>;
}

/** An interface that a class of the library or of a program implements. */
export interface InterfaceSignature {
  readonly members: readonly string[];
  /** The classes of the library that implement it. */
  readonly classes: readonly string[];
}

/** What the constructs of the library accept. */
export interface Signatures {
  readonly classes: Readonly<Record<string, ClassSignature>>;
  /** The type of each property of each struct, after an exclamation mark if it is required; an empty text where every value is accepted. */
  readonly structs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly interfaces: Readonly<Record<string, InterfaceSignature>>;
}

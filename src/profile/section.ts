import type { Construct } from 'constructs';
import type { OpenStructs, Origins } from './merge';
import { merge } from './merge';
import type { Stage } from './stage';

/** Changes of a value: of a struct any fields at any depth, of other values the whole. */
export type Changes<T> =
  T extends (...args: never[]) => unknown ? T :
    T extends readonly unknown[] ? T :
      T extends object ? { readonly [K in keyof T]?: Changes<T[K]> } | T : T;

/** What a section has besides its defaults. */
export interface SectionOptions<T> {
  /** Fails where a value is out of its range. `where` is the place of the change, which messages begin with. */
  readonly check?: (where: Construct | string, value: T) => void;
  /** What is different in an environment of a stage. */
  readonly stages?: { readonly [stage in Stage]?: Changes<T> };
  /** Structs in which any key is allowed, by their names below the section; an empty text means the section itself. */
  readonly openKeys?: readonly string[];
  /** Structs with any content at any depth. */
  readonly openContent?: readonly string[];
}

/** What sections are read from: a platform profile. */
export interface Settings {
  _get<T>(section: Section<T>): T;
}

/**
 * A part of the platform profile that one capability owns: its defaults, their range, and what each stage changes.
 *
 * The profile knows no capability. It keeps the changes of a section by its name, and applies them when the section is read.
 */
export class Section<T> {
  private readonly open: OpenStructs;
  private value?: T;

  constructor(public readonly name: string, private readonly defaults: () => T, private readonly options: SectionOptions<T> = {}) {
    const paths = (names: readonly string[] = []) => names.map((each) => each === '' ? name : `${name}.${each}`);
    this.open = { keys: paths(options.openKeys), content: paths(options.openContent) };
  }

  /** The defaults, made on first use. */
  public get standard(): T {
    this.value ??= this.defaults();
    return this.value;
  }

  /** The settings in force. */
  public of(profile: Settings): T {
    return profile._get(this);
  }

  /** The settings of one construct: those of the profile with the changes of its properties. Fails where a value is out of its range. */
  public decide(construct: Construct, profile: Settings, changes: object | undefined): T {
    const value = this.merge(this.of(profile), changes, construct.node.path, new Map());
    this.check(construct, value);
    return value;
  }

  /** What is different in a stage, if anything is. */
  public changesIn(stage: Stage | undefined): Changes<T> | undefined {
    return stage && this.options.stages?.[stage];
  }

  /** Applies changes, and records who made them. */
  public merge(value: T, changes: unknown, origin: string, origins: Origins): T {
    return merge(value, changes, origin, origins, this.name, this.open);
  }

  /** Fails where a value is out of its range. */
  public check(where: Construct | string, value: T): void {
    this.options.check?.(where, value);
  }
}

/** Defines a section of the profile. */
export function section<T>(name: string, defaults: () => T, options?: SectionOptions<T>): Section<T> {
  return new Section(name, defaults, options);
}

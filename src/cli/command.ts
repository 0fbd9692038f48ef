import type { Command } from 'commander';

/** What a command prints, and how it ends. */
export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the environment of a command decides. */
export interface Surroundings {
  /** The day of the computer's clock, as YYYY-MM-DD; without one, nothing expires. */
  readonly systemDay?: string;
}

/**
 * Adds a command to the program. Its action passes its outcome to `end`, and throws an error where input cannot be read.
 */
export type AddCommand = (program: Command, end: (outcome: Partial<Outcome>) => void, surroundings: Surroundings) => void;

/** Nothing to report. */
export const OK = 0;
/** Findings, or a negative answer. */
export const FOUND = 1;
/** Arguments that are not understood, and input that cannot be read, as shells and most commands end. */
export const FAILED = 2;

/** The end of the help of a command. */
export function example(...lines: readonly string[]): string {
  return `\nExample:\n${lines.map((line) => `  npx cdk8s-microservices ${line}\n`).join('')}`;
}

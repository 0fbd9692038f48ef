import { isOtherLanguage, isRuntime } from './program';

const INSTALLED = Symbol.for('cdk8s-microservices.error-report');

/** Packages whose errors a program causes: their messages contain the remedy, so the place that threw them is left out. */
const OWN = /[\\/](?:constructs|cdk8s|cdk8s-microservices)[\\/]/;

/** The folder of this file in the sources, and that of the one file of the package. */
const HERE = __dirname.replace(/[\\/]output$/, '');

/**
 * Ends a program that fails with the message of the error and exit code 1, without a stack. The variable `DEBUG` shows the stack, and
 * errors of other code have theirs. Other languages and test runners report errors themselves; the message for another language has no stack.
 */
export function reportWithoutStack(): void {
  const marked = globalThis as unknown as Record<symbol, boolean | undefined>;
  if (marked[INSTALLED]) {
    return;
  }
  marked[INSTALLED] = true;
  if (isOtherLanguage() && !isDebugging()) {
    Error.stackTraceLimit = 0;
  }
  if (isRuntime(process.argv[1])) {
    return;
  }
  const report = (error: unknown) => {
    // a program that handles its errors decides itself
    if (process.listeners('uncaughtException').every((listener) => listener === report)) {
      process.stderr.write(`${errorText(error)}\n`);
      process.exit(1);
    }
  };
  process.on('uncaughtException', report);
}

/** What a user reads of an error. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const frame = /^\s+at .*$/m.exec(error.stack ?? '')?.[0] ?? '';
  const isOurs = error.name === 'Error' && (frame.includes(HERE) || OWN.test(frame));
  return isOurs && !isDebugging() ? error.message : error.stack ?? error.message;
}

function isDebugging(): boolean {
  return (process.env.DEBUG ?? '') !== '';
}

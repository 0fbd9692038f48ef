/** Whether a program in another language uses the library: its runtime names itself to jsii. */
export function isOtherLanguage(): boolean {
  return process.env.JSII_AGENT !== undefined;
}

/** Whether the file that a process runs is no program but a runtime: that of another language, or a test runner. */
export function isRuntime(main: string | undefined): boolean {
  return isOtherLanguage() || main === undefined || /(?:^|[\\/])node_modules(?:[\\/]|$)/.test(main);
}

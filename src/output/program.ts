/** Whether the file that a process runs is no program but a runtime, such as that of Python, or a test runner. */
export function isRuntime(main: string | undefined): boolean {
  return main === undefined || /(?:^|[\\/])(?:node_modules|jsii|[^\\/]*jsii-[^\\/]*)(?:[\\/]|$)/.test(main);
}

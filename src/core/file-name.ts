const RESERVED = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/i;

/**
 * What keeps a relative file name from being used on every operating system, if anything.
 */
export function checkFileName(file: string): string | undefined {
  for (const part of file.split('/')) {
    if (part === '') {
      return 'has an empty part or begins with a slash';
    }
    if (part === '.' || part === '..') {
      return `leaves its folder by '${part}'`;
    }
    const foreign = /[^A-Za-z0-9._-]/.exec(part);
    if (foreign) {
      return `contains ${JSON.stringify(foreign[0])}, expected letters, digits, '-', '_' and '.'`;
    }
    if (RESERVED.test(part.split('.')[0])) {
      return `uses '${part.split('.')[0]}', a name that Windows reserves`;
    }
    if (part.endsWith('.')) {
      return 'has a part that ends with a dot, which Windows drops';
    }
    if (part.length > 255) {
      return `has a part of ${part.length} characters, expected at most 255`;
    }
  }
  return undefined;
}

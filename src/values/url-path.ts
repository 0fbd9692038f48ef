/** Characters that mean the same whether they are written as themselves or as %xx. */
const UNRESERVED = /^[A-Za-z0-9._~-]$/;

/**
 * A path as gateways and servers compare it: `/%2e%2e` is `/..`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3986.html#section-6.2.2
 */
export function decodedPath(path: string): string {
  return path.replace(/%([0-9a-f]{2})/gi, (written, digits: string) => {
    const character = String.fromCharCode(parseInt(digits, 16));
    return UNRESERVED.test(character) ? character : written;
  });
}

/** Whether a path has segments that gateways and servers remove or join before they compare it. */
export function isRewritten(path: string): boolean {
  return /\/\/|\/\.\.?(?:\/|$)/.test(decodedPath(path));
}

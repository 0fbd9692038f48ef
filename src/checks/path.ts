/** Whether a construct is in the tree of another, by their paths. The app has the empty path. */
export function isBelow(tree: string, path?: string): boolean {
  return tree === '' || path === tree || (path?.startsWith(`${tree}/`) ?? false);
}

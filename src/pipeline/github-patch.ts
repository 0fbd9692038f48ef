/** Longer variables do not reach a container of Linux. */
const LONGEST_PATCH = 120_000;

/** The step that makes the patch of a prepared release the output `patch` of its job. Only an action of somebody else could keep a file for another job. */
export function handOver(environment: string): { readonly [key: string]: unknown } {
  return {
    name: 'Hand over the patch',
    id: 'patch',
    env: { ENVIRONMENT: environment },
    run: [
      'patch=$(gzip -c "$OUTPUT/release-$ENVIRONMENT.patch" | base64 --wrap 0)',
      `[ "\${#patch}" -le ${LONGEST_PATCH} ] || { echo "the release changes too much to be handed over" >&2; exit 1; }`,
      'printf \'patch=%s\\n\' "$patch" >> "$GITHUB_OUTPUT"',
      '',
    ].join('\n'),
  };
}

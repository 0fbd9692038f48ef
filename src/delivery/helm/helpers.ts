import type { Helper } from './well-known-values';
import { SHORT_DIGEST } from '../../values/labels';

/** What a tag has to lose to be the value of a label. */
const NOT_AT_AN_END = '[^A-Za-z0-9]+';
/** What Kubernetes allows. */
const LONGEST_LABEL = 63;

const VERSION = `.Values.image.tag | default (.Values.image.digest | default "" | trimPrefix "sha256:" | trunc ${SHORT_DIGEST})`;

/** Each helper as synthesis does the same, so that a new tag in a file changes what a synthesis with it would change. */
const BODIES: Readonly<Record<Helper, (service: string) => readonly string[]>> = {
  image: () => ['{{ .Values.image.repository }}{{ with .Values.image.tag }}:{{ . }}{{ end }}{{ with .Values.image.digest }}@{{ . }}{{ end }}'],
  version: () => [
    `{{- $start := regexReplaceAll "^${NOT_AT_AN_END}" (${VERSION}) "" | trunc ${LONGEST_LABEL} -}}`,
    `{{ regexReplaceAll "${NOT_AT_AN_END}$" $start "" }}`,
  ],
  run: (service) => [
    `{{- $version := regexReplaceAll "[^a-z0-9]+" (${VERSION} | lower) "-" -}}`,
    `${service}-{{ $version | trimPrefix "-" | trimSuffix "-" }}`,
  ],
  checksum: () => [
    '{{- $pairs := list -}}',
    '{{- range $key, $text := .Values.config }}{{ $pairs = append $pairs (list $key $text) }}{{ end -}}',
    '{{ toRawJson $pairs | sha256sum }}',
  ],
};

/** The helpers that templates of a chart use, as a file of templates. */
export function helperTemplates(service: string, templates: readonly string[]): string {
  const used = (Object.keys(BODIES) as Helper[]).sort().filter((helper) => templates.some((text) => text.includes(`include "${service}.${helper}"`)));
  return used.map((helper) => `{{- define "${service}.${helper}" -}}\n${BODIES[helper](service).join('\n')}\n{{- end }}\n`).join('\n');
}

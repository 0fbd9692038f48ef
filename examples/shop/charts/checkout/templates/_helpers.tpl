{{- /* Made of manifests by cdk8s-microservices, and replaced at each synthesis. Change the program instead. */ -}}
{{- define "checkout.checksum" -}}
{{- $pairs := list -}}
{{- range $key, $text := .Values.config }}{{ $pairs = append $pairs (list $key $text) }}{{ end -}}
{{ toRawJson $pairs | sha256sum }}
{{- end }}

{{- define "checkout.image" -}}
{{ .Values.image.repository }}{{ with .Values.image.tag }}:{{ . }}{{ end }}{{ with .Values.image.digest }}@{{ . }}{{ end }}
{{- end }}

{{- define "checkout.version" -}}
{{- $start := regexReplaceAll "^[^A-Za-z0-9]+" (.Values.image.tag | default (.Values.image.digest | default "" | trimPrefix "sha256:" | trunc 12)) "" | trunc 63 -}}
{{ regexReplaceAll "[^A-Za-z0-9]+$" $start "" }}
{{- end }}

{{- /* Made of manifests by cdk8s-microservices, and replaced at each synthesis. Change the program instead. */ -}}
{{- define "payment.image" -}}
{{ .Values.image.repository }}{{ with .Values.image.tag }}:{{ . }}{{ end }}{{ with .Values.image.digest }}@{{ . }}{{ end }}
{{- end }}

{{- define "payment.version" -}}
{{- $start := regexReplaceAll "^[^A-Za-z0-9]+" (.Values.image.tag | default (.Values.image.digest | default "" | trimPrefix "sha256:" | trunc 12)) "" | trunc 63 -}}
{{ regexReplaceAll "[^A-Za-z0-9]+$" $start "" }}
{{- end }}

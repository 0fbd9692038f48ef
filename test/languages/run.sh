#!/usr/bin/env bash
# Compiles the platform of the README in another language, and runs it:
#
#   test/languages/run.sh java    with the package that `npx projen package:java` writes; needs a JDK and Maven
#   test/languages/run.sh go      needs `npx projen compile` and Go
#
# It must write the same bytes as TypeScript.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
root=$PWD

work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT

# The jar, with the classes that Maven resolves for it.
java() {
  local pom
  pom=$(ls "$root"/artifacts/java/com/example/cdk8s/cdk8s-microservices/*/*.pom)
  mvn --quiet --file "$pom" dependency:build-classpath -Dmdep.outputFile="$work/classpath"
  cd "$work/java"
  javac -Xlint:all,-processing,-classfile -Werror -cp "${pom%.pom}.jar:$(<"$work/classpath")" -d . "$root/test/languages/Main.java"
  command java -cp ".:${pom%.pom}.jar:$(<"$work/classpath")" Main
}

# The module, with those of cdk8s and constructs generated from the installed packages: no proxy has these versions.
go() {
  npx jsii-pacmak --target go --code-only --outdir "$work/modules" . node_modules/cdk8s node_modules/constructs
  cd "$work/go"
  cp "$root/test/languages/main.go" .
  command go mod init shop
  local folder
  for folder in "$work"/modules/go/*; do
    command go mod edit -replace "$(awk '/^module/ { print $2 }' "$folder/go.mod")=$folder"
  done
  # not a newer runtime than the modules require
  command go mod edit -require "$(awk '/jsii-runtime-go/ { print $1 "@" $2 }' "$work/modules/go/cdk8smicroservices/go.mod")"
  command go mod tidy
  # all packages, also those that the program does not import: an import cycle between them does not compile
  command go build -p 2 . example.com/platform/cdk8s-microservices-go/cdk8smicroservices/...
  command go vet .
  command go run -p 2 .
}

for name in ts "$1"; do npx tsx test/docs/write-platform.ts "$work/$name"; done
(cd "$work/ts" && mkdir node_modules && ln -s "$root" node_modules/cdk8s-microservices && ln -s "$root"/node_modules/{cdk8s,constructs} node_modules && "$root/node_modules/.bin/tsx" main.ts)
("$1")

[[ -d $work/ts/dist && -d $work/$1/dist ]]
diff -r -x .cdk8s-microservices "$work/ts/dist" "$work/$1/dist"
printf '%s and TypeScript wrote the same %d files\n' "$1" "$(find "$work/$1/dist" -type f | wc -l)"

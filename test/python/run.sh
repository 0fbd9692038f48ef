#!/usr/bin/env bash
# Installs the packages by the commands of the README, and runs its platform with them, in TypeScript and in Python:
#
#   test/python/run.sh ARTIFACTS     the folder in which `npx projen package:js` and `package:python` put them
#
# Both must write the same bytes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
root=$PWD
package_js=$(realpath "$1"/js/*.tgz)
package_python=$(realpath "$1"/python/*.whl)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npx tsx test/docs/write-platform.ts "$work/js"
npx tsx test/docs/write-platform.ts "$work/python"
cp test/python/main.py "$work/python"

echo '{ "private": true }' > "$work/js/package.json"
python3 -m venv "$work/venv"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_QUIET=1 PATH=$work/venv/bin:$PATH

# The library comes from here, and not from a registry; everything else stands as in the README.
npx tsx test/docs/install-commands.ts | while read -r command; do
  printf '%s\n' "$command"
  case $command in
    npm*) (cd "$work/js" && eval "${command/cdk8s-microservices/$package_js} --no-audit --no-fund --loglevel error") ;;
    pip*) (cd "$work/python" && eval "${command/cdk8s-microservices/$package_python}") ;;
    *) printf '%s\n' "no language for: $command"; exit 1 ;;
  esac
done

cd "$work/js"
"$root/node_modules/.bin/tsc" --noEmit --strict --target es2022 --module node16 main.ts
"$root/node_modules/.bin/tsx" main.ts
cd "$work/python"
python main.py

[[ -d $work/js/dist && -d $work/python/dist ]]
diff -r "$work/js/dist" "$work/python/dist"
printf 'Python and TypeScript wrote the same %d files\n' "$(find "$work/python/dist" -type f | wc -l)"

#!/usr/bin/env bash
# Installs the packages by the commands of the README, and runs its platform and test/user-package with them, in TypeScript and in Python:
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

# run FOLDER PROGRAM: a program in both languages, which must write the same files.
run() {
  (cd "$work/js/$1" && "$root/node_modules/.bin/tsc" --noEmit --strict --target es2022 --module node16 main.ts && "$root/node_modules/.bin/tsx" main.ts)
  (cd "$work/python/$1" && python "$2")
  [[ -d $work/js/$1/dist && -d $work/python/$1/dist ]]
  diff -r -x .cdk8s-microservices "$work/js/$1/dist" "$work/python/$1/dist"
  printf '%s: Python and TypeScript wrote the same %d files\n' "$2" "$(find "$work/python/$1/dist" -type f | wc -l)"
}

mkdir "$work/js/acme" "$work/python/acme"
find test/user-package -name '*.ts' ! -name '*.test.ts' -exec cp {} "$work/js/acme" \;
cp test/python/user_package.py "$work/python/acme"

run . main.py
# constructs of a platform team, which know the published API alone
run acme user_package.py

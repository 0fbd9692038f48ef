#!/bin/sh
# The command of this library as an installed package has it, from its sources.
root=$(dirname "$(readlink -f "$0")")/../..
exec node --require "$root/node_modules/tsx/dist/cjs/index.cjs" "$root/src/cli/main.ts" "$@"

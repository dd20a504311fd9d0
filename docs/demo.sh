#!/bin/sh
# The whole job on the embedded sandbox, in the folder demo/: run by `make demo`.
set -eu
cd "$(dirname "$0")/.."

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
run() { say "\$ $*"; "$@"; }

rm -rf demo
cp -R definitions demo
cd demo
export DDCONF_SANDBOX=1

say "1. Check the definitions: YAML, references, fields, grok rules, queries"
run ddconf validate

say "2. Plan: what would be created in an organisation that knows nothing of them"
say "\$ ddconf plan --out=plan.json   (the first lines and the last; all of it is in demo/plan.txt)"
ddconf plan --out=plan.json > plan.txt
head -n 60 plan.txt
printf '  ...\n\n'
tail -n 3 plan.txt

say "3. Apply exactly that plan"
run ddconf apply plan.json

say "4. Plan again: nothing is left to do"
run ddconf plan --detailed-exitcode

say "5. Export the sandbox organisation as YAML"
run ddconf -C exported export
find exported -name '*.yaml' | sort | head -n 20

say "Everything is in demo/. Change a file there, then: .venv/bin/ddconf -C demo --sandbox plan"

#!/bin/sh
# The whole job on the embedded sandbox, in the folder demo/: run by `make demo`.
set -eu
cd "$(dirname "$0")/.."

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
run() { say "\$ $*"; "$@"; }

rm -rf demo
cp -R definitions demo
cd demo
rm -rf .ddconf
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

say "5. Export the organisation as somebody would who has no definitions yet"
mkdir -p exported/.ddconf/sandbox
cp .ddconf/sandbox/organisation.sqlite* exported/.ddconf/sandbox/
say "\$ ddconf -C exported export   (the last lines, and one of the files)"
ddconf -C exported export > export.txt
tail -n 3 export.txt
one=$(find exported/monitor -name '*.yaml' | sort | head -n 1)
run cat "$one"

say "All of it is in demo/. Change a file there, then run: .venv/bin/ddconf -C demo --sandbox plan"

#!/bin/sh
# The whole job on the embedded sandbox, in the folder demo/: run by `make demo`.
set -eu
cd "$(dirname "$0")/.."

bold='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then bold=$(printf '\033[1m') plain=$(printf '\033[0m'); fi
say() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
run() { say "\$ $*"; "$@"; }

demo=${1:-demo}
rm -rf "$demo"
mkdir -p "$demo"
cp -R definitions "$demo"
cd "$demo/definitions"
rm -rf .ddconf
export DDCONF_SANDBOX=1

say "1. Check the definitions: YAML, references, fields, grok rules, queries"
run ddconf validate

say "2. Plan: what would be created in an organisation that knows nothing of them"
say "\$ ddconf plan --out=plan.json   (the first lines and the last; all of it is in $demo/plan.txt)"
ddconf plan --out=plan.json > ../plan.txt
head -n 40 ../plan.txt
printf '  ...\n\n'
tail -n 3 ../plan.txt

say "3. Apply exactly that plan"
say "\$ ddconf apply plan.json   (the last lines; all of it is in $demo/apply.txt)"
ddconf apply plan.json > ../apply.txt || { cat ../apply.txt; exit 1; }
tail -n 8 ../apply.txt

say "4. Plan again: nothing is left to do"
run ddconf plan --detailed-exitcode

say "5. Export the organisation as somebody would who has no definitions yet, and takes it over"
cd ..
mkdir -p exported/.ddconf/sandbox
cp definitions/.ddconf/sandbox/organisation.sqlite* exported/.ddconf/sandbox/
say "\$ ddconf -C exported export --adopt   (the last lines, and one of the files)"
ddconf -C exported export --adopt > export.txt || { cat export.txt; exit 1; }
grep -A 20 '^Exported' export.txt
one=$(find exported/monitor -name '*.yaml' | sort | head -n 1)
run cat "$one"

say "All of it is in $demo/. Change a file in $demo/definitions, then run:"
echo ".venv/bin/ddconf -C $demo/definitions --sandbox plan"

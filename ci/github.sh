#!/usr/bin/env bash
# What the action runs: checks and a plan with its comment, or an apply. Everything comes by environment variables,
# so that no text of a pull request becomes a part of a command.
set -euo pipefail

environment=()
if [ -n "${DDCONF_ENVIRONMENT:-}" ]; then environment=(--env "$DDCONF_ENVIRONMENT"); fi
read -ra arguments <<< "${DDCONF_ARGUMENTS:-}"
work=$(mktemp -d "${RUNNER_TEMP:-/tmp}/ddconf.XXXXXX")
plan="$work/plan.json"

comment() { # one comment per mark: its first line names the site and the environment
    local mark id
    mark=$(head -n 1 "$work/plan.md")
    id=$(gh api --paginate "repos/$GITHUB_REPOSITORY/issues/$DDCONF_PULL_REQUEST/comments" \
        --jq '.[] | [.id, (.body | split("\n")[0] | rtrimstr("\r"))] | @tsv' \
        | awk -F '\t' -v mark="$mark" '$2 == mark { print $1; exit }')
    if [ -n "$id" ]; then
        gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field "body=@$work/plan.md" > "$work/answer"
    else
        gh pr comment "$DDCONF_PULL_REQUEST" --body-file "$work/plan.md"
    fi
}

case "$DDCONF_COMMAND" in
    plan)
        ddconf lint "${environment[@]}" --format github
        ddconf validate "${environment[@]}"
        if grep -rqE --include='*.y*ml' --include='*.json' 'samples"?:' . || [ -n "$(find . -name '*.test.y*ml' -print -quit)" ]; then
            ddconf test "${environment[@]}"
        fi
        code=0
        ddconf plan "${environment[@]}" "${arguments[@]}" --out="$plan" --detailed-exitcode || code=$?
        if [ -f "$plan" ]; then
            ddconf show "${environment[@]}" --format markdown "$plan" > "$work/plan.md"
            cat "$work/plan.md" >> "$GITHUB_STEP_SUMMARY"
            echo "plan=$plan" >> "$GITHUB_OUTPUT"
            if [ "${DDCONF_COMMENT:-true}" = true ] && [ -n "${DDCONF_PULL_REQUEST:-}" ]; then comment; fi
        fi
        if [ "$code" -eq 2 ]; then
            echo "changes=true" >> "$GITHUB_OUTPUT"
            code=0
        fi
        exit "$code"
        ;;
    apply)
        ddconf apply "${environment[@]}" "${arguments[@]}" --auto-approve --lock-timeout=5m
        ;;
    *)
        echo "error: unknown command '$DDCONF_COMMAND': use plan or apply" >&2
        exit 1
        ;;
esac

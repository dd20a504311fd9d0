"""grok-parser: attributes from the message or another text, by the first rule that matches.

https://docs.datadoghq.com/logs/log_configuration/parsing/
"""

from __future__ import annotations

import re
from typing import Any

from ddconf.pipelines.attributes import ABSENT
from ddconf.pipelines.draft import Draft
from ddconf.pipelines.processors import Apply, processor
from ddconf.pipelines.spec import Problem, Spec
from ddconf.pipelines.trace import Reason, Report, applied

_RULE_NAME = re.compile(r"^[ \t]*(?!#)(\S+)[ \t]", re.MULTILINE)
_TOKEN = re.compile(r"%\{(?:\?>)?[\w.]+(?:\((?:[^\"()]|\"(?:\\.|[^\"\\])*\"|\([^()]*\))*\))?\s*:([^:}]*)(:)?")


@processor("grok-parser")
def grok_parser(spec: Spec) -> Apply:
    source = spec.text("source", "message")
    path = spec.reading(source)
    match_rules, support_rules = _rules(spec)
    grok = _compile(spec, match_rules, support_rules)

    def apply(draft: Draft) -> Report:
        text = draft.message if source == "message" else draft.read(path)
        if not isinstance(text, str):
            missing = text is ABSENT
            return Report(Reason.NO_SOURCE if missing else Reason.UNUSABLE, _place(source, missing))
        from ddconf.pipelines.grok import GrokTimeout

        try:
            match = grok.match(text)
        except GrokTimeout as error:
            return Report(Reason.RUNAWAY, str(error), error.rule)
        if match is None:
            return Report(Reason.NO_MATCH, "no rule matched the text")
        draft.merge(match.attributes)
        return applied(match.rule, _failures(match.failed_filters))

    return apply


def _rules(spec: Spec) -> tuple[str, str]:
    if not isinstance(spec.document.get("grok"), dict):
        spec.problem("'grok' is missing", hint="it holds match_rules and support_rules")
        return "", ""
    grok = spec.below("grok")
    return grok.text("match_rules"), grok.text("support_rules", "")


def _compile(spec: Spec, match_rules: str, support_rules: str) -> Any:
    """The compiled rules; mistakes in them become problems with their line and column."""
    from ddconf.pipelines.grok import GrokError, compile_grok

    spec.parts.extend(_RULE_NAME.findall(match_rules + "\n"))
    for extract, filtered in _TOKEN.findall(f"{support_rules}\n{match_rules}"):
        spec.writing(extract.strip()) if extract.strip() else None
        spec.opaque = spec.opaque or bool(filtered)
    settings = spec.settings
    try:
        return compile_grok(match_rules, support_rules, settings.now, settings.grok_timeout)
    except GrokError as error:
        for mistake in error.mistakes:
            path = (*spec.path, "grok", f"{mistake.text}_rules")
            place = (mistake.line, mistake.column, mistake.length)
            spec.problems.append(Problem(path, mistake.message, mistake.hint, *place))
        return None


def _place(source: str, missing: bool) -> str:
    return f"@{source} is missing" if missing else f"@{source} is no text"


def _failures(failed: tuple[str, ...]) -> str:
    return f"left out because their filters failed: {', '.join(map(str, failed))}" if failed else ""

"""grok-parser: attributes from the message or another text, by the first rule that matches.

https://docs.datadoghq.com/logs/log_configuration/parsing/
"""

from __future__ import annotations

from ddconf.pipelines.grok import FailedFilter, Grok, GrokError, GrokTimeout, compile_grok
from ddconf.pipelines.grok.shape import walk
from ddconf.pipelines.grok.tree import Extract
from ddconf.pipelines.problem import Problem
from ddconf.pipelines.processors import processor
from ddconf.pipelines.sources import unreadable
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply
from ddconf.pipelines.trace import ProcessorReport, Reason, applied
from ddconf.pipelines.working_log import MutableLog

_TRIMMED = "".join(map(chr, range(0x21)))


@processor("grok-parser")
def grok_parser(spec: Spec) -> Apply:
    source = spec.text("source", "message")
    path = spec.reading(source)
    match_rules, support_rules = _rules(spec)
    grok = _compile(spec, match_rules, support_rules)
    done = {rule: applied(rule) for rule in (grok.rules if grok else ())}

    def apply(log: MutableLog) -> ProcessorReport:
        text = log.message if source == "message" else log.read(path)
        if not isinstance(text, str):
            return unreadable(path, text, "text")
        try:
            match = grok.match(trimmed(text)) if grok else None
        except GrokTimeout as error:
            return ProcessorReport(Reason.RUNAWAY, str(error), error.rule)
        if match is None:
            return ProcessorReport(Reason.NO_MATCH, "no rule matched the text")
        log.merge(match.attributes)
        if match.failed_filters:
            return applied(match.rule, _failures(match.failed_filters))
        return done[match.rule]

    return apply


def trimmed(text: str) -> str:
    """The text as rules see it: without blanks and control characters at its ends, as Java's `trim` does."""
    return text if text[:1] > " " and text[-1:] > " " else text.strip(_TRIMMED)


def _rules(spec: Spec) -> tuple[str, str]:
    if not isinstance(spec.document.get("grok"), dict):
        spec.problem("'grok' is missing", hint="it holds match_rules and support_rules")
        return "", ""
    grok = spec.below("grok")
    return grok.text("match_rules"), grok.text("support_rules", "")


def _compile(spec: Spec, match_rules: str, support_rules: str) -> Grok | None:
    """The compiled rules; mistakes in them become problems with their line and column."""
    settings = spec.settings
    try:
        grok = compile_grok(match_rules, support_rules, settings.now, settings.grok_timeout)
    except GrokError as error:
        for mistake in error.mistakes:
            path = (*spec.path, "grok", f"{mistake.text}_rules")
            place = (mistake.line, mistake.column, mistake.length)
            spec.problems.append(Problem(path, mistake.message, mistake.hint, *place))
        return None
    spec.parts.extend(grok.rules)
    nodes = (node for tree in grok.trees.values() for node in walk(tree))
    for path in dict.fromkeys(node.path for node in nodes if isinstance(node, Extract)):
        spec.opaque = spec.opaque or not path
        spec.writing(".".join(path))
    return grok


def _failures(failed: tuple[FailedFilter, ...]) -> str:
    names = ", ".join(f"@{item.path} ({item.filter})" for item in failed)
    return f"could not be converted: {names}" if failed else ""

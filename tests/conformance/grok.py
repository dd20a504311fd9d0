"""The vectors of `logs/grok*.json` and `logs/filters.json`: rules, refusals, tokens and single filters."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ddconf.pipelines.grok.errors import GrokError, GrokTimeout, PatternError
from ddconf.pipelines.grok.filters.array import parse_array
from ddconf.pipelines.grok.filters.keyvalue import parse_key, parse_value
from ddconf.pipelines.grok.filters.querystring import parse_query_string
from ddconf.pipelines.grok.filters.rubyhash import parse_ruby_hash
from ddconf.pipelines.grok.grok import Grok, compile_grok, grok_of
from ddconf.pipelines.grok.registry import CompilationSettings, FilterError, build_filter
from ddconf.pipelines.grok.rules import GrokRule
from ddconf.pipelines.grok.tokens import parse_token
from ddconf.pipelines.grok.tree import GrokFunction
from tests.conformance._vectors import Check, Vector, equal, measure, read


def run(corpus: Path) -> list[dict[str, Any]]:
    """The result of each set whose file is there."""
    checks: dict[str, Check] = {
        "grok": _rule,
        "grok_errors": _refusal,
        "grok_syntax": _token,
        "filters": _filter,
        "real_rules": _accepted,
    }
    files = {name: corpus / "logs" / f"{name}.json" for name in checks}
    return [measure(name, read(file), checks[name]) for name, file in files.items() if file.is_file()]


def _compiled(vector: Vector) -> Grok:
    match = [GrokRule(f"rule{number}", pattern) for number, pattern in enumerate(vector["match_rules"])]
    support = [GrokRule(name, pattern, "support") for name, pattern in vector["support_rules"].items()]
    clock = vector.get("clock")
    return grok_of(match, support, (lambda: datetime.fromisoformat(clock)) if clock else None)


def _rule(vector: Vector) -> str:
    if "expected_error" in vector:
        return _failure(vector)
    match = _compiled(vector).match(vector["input"])
    if vector.get("no_match"):
        return f"matched: {match}" if match else ""
    if match is None:
        return "did not match"
    if bool(match.failed_filters) != bool(vector.get("filter_errors")):
        return f"failed filters: {match.failed_filters}"
    return _difference(match.attributes, vector["expected"])


def _failure(vector: Vector) -> str:
    """A rule that is refused, does not match, is stopped, or has a filter that fails; the words differ."""
    try:
        match = _compiled(vector).match(vector["input"])
    except (GrokError, GrokTimeout):
        return ""
    return f"matched: {match}" if match and not match.failed_filters else ""


def _refusal(vector: Vector) -> str:
    try:
        _compiled(vector)
    except GrokError:
        return ""
    return "accepted"


def _accepted(parser: Vector) -> str:
    """Rules that Datadog holds."""
    try:
        compile_grok(parser["match_rules"], parser["support_rules"])
    except GrokError as error:
        return str(error)
    return ""


def _token(vector: Vector) -> str:
    try:
        token = parse_token(vector["pattern"])
    except PatternError as error:
        return "" if "expected_error" in vector else str(error)
    if "expected_error" in vector:
        return f"accepted as {token}"
    path = None if token.path is None else list(token.path)
    parts = {"matcher": _call(token.matcher), "path": path, "filter": _call(token.filter)}
    return _difference(parts, vector["expected"])


def _call(call: GrokFunction | None) -> dict[str, Any] | None:
    if call is None:
        return None
    args = [_call(item) if isinstance(item, GrokFunction) else item for item in call.args]
    return {"name": call.name, "args": args}


def _filter(vector: Vector) -> str:
    try:
        result = _filtered(vector, vector["input"])
    except FilterError as error:
        return "" if "expected_error" in vector else f"refused: {error}"
    if "expected_subset" in vector:
        result = {key: result.get(key) for key in vector["expected_subset"]}
        return _difference(result, vector["expected_subset"])
    return "accepted" if "expected_error" in vector else _difference(result, vector["expected"])


def _filtered(vector: Vector, text: str) -> Any:
    quotes = [(opening, closing) for opening, closing in vector.get("quotes", ())]
    match vector["filter"]:
        case "rubyhash":
            return parse_ruby_hash(text)
        case "querystring":
            return parse_query_string(text, keep_empty=not vector.get("ignore_keys_without_values"))
        case "keyvalue.key":
            return parse_key(text, quotes)
        case "keyvalue.value":
            return parse_value(text, quotes)
        case "array":
            brackets = "[]" if vector.get("brackets") is None else "".join(vector["brackets"])
            return parse_array(text, brackets, vector.get("delimiter") or ",")
        case other:
            return build_filter(
                GrokFunction(other, (), 0, 0), CompilationSettings(lambda: datetime.now(UTC), 1.0)
            )(text)


def _difference(got: Any, wanted: Any) -> str:
    return "" if equal(got, wanted) else f"{got!r} instead of {wanted!r}"

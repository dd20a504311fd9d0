"""What grok made of a line, as a person reads it: the attributes by type, or where the best rule stopped."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.document import JSON, Document, format_path, walk
from ddconf.pipelines.grok import Explanation, RuleMatch
from ddconf.pipelines.grok.places import PatternSpan
from ddconf.render.style import bold, paint
from ddconf.render.values import printable, quoted

_WIDTH = 100
_TYPES: dict[type, tuple[str, str]] = {
    str: ("text", "+"),
    int: ("integer", "="),
    float: ("double", "="),
    bool: ("boolean", "~"),
    list: ("array", ""),
    dict: ("object", ""),
    type(None): ("null", "#"),
}


def matched(match: RuleMatch, *, color: bool = False) -> Iterator[str]:
    """The rule, then a line for each attribute with its type, and the filters that failed."""
    yield f"  {bold(match.rule, color, 'green')}"
    yield from (f"    {line}" for line in attributes(match.attributes, color=color))
    for failed in match.failed_filters:
        name = f"@{failed.path}" if failed.path else "the root"
        yield f"    {paint('!', '!', color)} {name}: {failed.filter} cannot take {quoted(failed.text)}"


def attributes(document: Document, *, color: bool = False) -> Iterator[str]:
    """`http.status_code: 200  integer`"""
    for path, value in walk(document):
        if path:
            name, symbol = _TYPES[type(value)]
            place, shown = printable(format_path(path)), paint(quoted(value), symbol, color)
            yield f"{place}: {shown}  {paint(name, '#', color)}"


def stopped(text: str, explanation: Explanation, *, color: bool = False) -> Iterator[str]:
    """How far the best rule comes in the text, and at which of its tokens it stops, with carets."""
    length, rule = explanation.length, bold(explanation.rule, color)
    if explanation.stop is None:
        yield f"{rule} comes furthest: it ends after {length} of {len(text)} characters, and the text goes on"
    else:
        token = printable((explanation.outer or explanation.stop).source)
        yield f"{rule} comes furthest: it stops after {length} of {len(text)} characters at '{token}'"
    yield from _pointed("text", text, length, 1, color)
    if explanation.outer:
        yield from _rule(explanation.outer, color)
    if explanation.stop and explanation.stop != explanation.outer:
        yield from _rule(explanation.stop, color)


def summary_of(explanation: Explanation) -> str:
    """The first line of `stopped`, without colours, for formats that have one line."""
    return next(stopped("", explanation)).replace(" of 0", "")


def _rule(place: PatternSpan, color: bool) -> Iterator[str]:
    rule = place.rule
    shift = len(rule.name) + 1
    yield from _pointed(
        "rule", f"{rule.name} {rule.pattern}", place.start + shift, place.end - place.start, color
    )


def _pointed(label: str, text: str, offset: int, length: int, color: bool) -> Iterator[str]:
    """The text, or as much of it as there is room for around the offset, and carets below."""
    start = max(0, min(offset - _WIDTH // 2, len(text) - _WIDTH))
    shown = text[start : start + _WIDTH]
    before = ("…" if start else "") + printable(shown[: offset - start])
    after = printable(shown[offset - start :]) + ("…" if start + _WIDTH < len(text) else "")
    carets = "^" * max(1, min(length, len(shown) - (offset - start)))
    yield f"  {label}  {before}{after}"
    yield f"  {' ' * len(label)}  {' ' * len(before)}{paint(carets, '-', color)}"


def as_json(text: str, match: RuleMatch | None, explanation: Explanation | None) -> Document:
    """What was made of one line, as plain JSON."""
    if match:
        failed: list[JSON] = [item._asdict() for item in match.failed_filters]
        return {
            "text": text,
            "matched": True,
            "rule": match.rule,
            "attributes": match.attributes,
            "failed_filters": failed,
        }
    document: Document = {"text": text, "matched": False}
    if explanation:
        document |= {
            "rule": explanation.rule,
            "length": explanation.length,
            "rest": text[explanation.length :],
        }
        if explanation.stop:
            document["stop"] = _place(explanation.stop)
        if explanation.outer:
            document["token"] = _place(explanation.outer)
    return document


def _place(place: PatternSpan) -> Document:
    return {
        "rule": place.rule.name,
        "rules": place.rule.text,
        "line": place.line,
        "column": place.column,
        "source": place.source,
    }

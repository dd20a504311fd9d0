"""A replay as text: what is lost first, with one example of each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ddconf.render.style import bold
from ddconf.render.values import printable

SECTIONS = {
    "pipeline": "Pipelines",
    "rule": "Rules",
    "attribute": "Attributes",
    "field": "Official fields",
    "tag": "Tags",
    "status": "Statuses",
    "unparsed": "Lines that no rule matches",
}
RECORDING, TOUCHED = "What the recording holds", "Who reads what comes out otherwise"
_MOST, _NAMED = 20, 8
_WIDTH = 160

Findings = list[dict[str, Any]]


def replay_lines(result: Mapping[str, Any], color: bool = False) -> Iterator[str]:
    """The lines of what `ddconf replay --format json` prints."""
    yield bold(headline(result), color)
    shown: set[str] = set()
    for title, findings in sections(result):
        yield ""
        yield bold(title, color)
        yield from _findings(findings, shown)
    for title, lines in ((TOUCHED, touched_lines(result)), (RECORDING, recording_lines(result))):
        if lines:
            yield ""
            yield bold(title, color)
            yield from (f"  {line}" for line in lines)
    if result["uncounted"]:
        yield f"\n{result['uncounted']:,} more findings of rare names are not listed"


def headline(result: Mapping[str, Any]) -> str:
    return f"{result['changed']:,} of {result['logs']:,} logs come out otherwise"


def sections(result: Mapping[str, Any]) -> Iterator[tuple[str, Findings]]:
    """The findings worth a look, by what they are about."""
    for about, title in SECTIONS.items():
        if findings := [finding for finding in result[about] if finding["what"] != "kept"]:
            yield title, findings


def touched_lines(result: Mapping[str, Any]) -> list[str]:
    """`dashboard.sales: order.price`; facets on one line, since each is for one attribute."""
    by_reader: dict[str, list[str]] = {}
    for reader in result["touched"]:
        kind, _, name = reader["address"].partition(".")
        is_facet = kind == "logs_facet"
        read = by_reader.setdefault("facets" if is_facet else reader["address"], [])
        read.append(name if is_facet else reader["attribute"])
    lines = [f"{reader}: {_names(dict.fromkeys(names))}" for reader, names in by_reader.items()]
    more = len(lines) - _MOST
    return lines if more <= 0 else [*lines[:_MOST], f"and {more} more, see --format json"]


def recording_lines(result: Mapping[str, Any]) -> list[str]:
    """How true the recording is to what each pipeline was sent."""
    return [
        f"{printable(finding['name'])}: {logs_text(finding['logs'])} {finding['what']}"
        for finding in result["recording"]
    ]


def logs_text(count: int) -> str:
    return f"{count:,} log{'s' * (count != 1)}"


def example_text(finding: Mapping[str, Any]) -> str:
    """The message of the log, or the whole line."""
    text = finding["example"]
    try:
        event = json.loads(text)
        inner = event.get("attributes") if event.get("type") == "log" else event
        message = inner["message"]
    except (ValueError, KeyError, TypeError, AttributeError):
        message = text
    return printable(message if isinstance(message, str) and message else text)


def _findings(findings: Findings, shown: set[str]) -> Iterator[str]:
    """What happens to the same logs is said at once; an example that was shown is only named by its place."""
    groups: dict[tuple[str, ...], Findings] = {}
    for finding in findings:
        same = (finding["what"], finding["logs"], finding["file"], finding["line"])
        groups.setdefault(same, []).append(finding)
    last = ""
    for group in list(groups.values())[:_MOST]:
        first = group[0]
        yield f"  {first['what']}: {_names(item['name'] for item in group)} ({logs_text(first['logs'])})"
        place = f"{printable(first['file'])}:{first['line']}"
        if place not in shown:
            yield f"    {place}: {example_text(first)[:_WIDTH]}".rstrip()
        elif place != last:
            yield f"    {place}"
        shown.add(place)
        last = place
    if len(groups) > _MOST:
        yield f"  and {len(groups) - _MOST} more, see --format json"


def _names(names: Iterable[str]) -> str:
    listed = [printable(name) for name in names]
    more = len(listed) - _NAMED
    return ", ".join(listed[:_NAMED]) + (f" and {more} more" if more > 0 else "")

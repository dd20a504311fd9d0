"""A replay as text: what is lost first, with one example of each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """What happens to the same logs; `place` is the file and line of the first one, `example` its text."""

    what: str
    names: tuple[str, ...]
    logs: str
    place: str
    example: str


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


def grouped(findings: Findings) -> list[FindingGroup]:
    """What happens alike, to as many logs from the same one on, is said at once."""
    groups: dict[tuple[Any, ...], Findings] = {}
    for finding in findings:
        alike = (finding["what"], finding["logs"], finding["file"], finding["line"])
        groups.setdefault(alike, []).append(finding)
    return [
        FindingGroup(
            what,
            tuple(printable(finding["name"]) for finding in group),
            logs_text(logs),
            f"{printable(file)}:{line}",
            example_text(group[0]),
        )
        for (what, logs, file, line), group in groups.items()
    ]


def _findings(findings: Findings, shown: set[str]) -> Iterator[str]:
    """A log that was shown is only named by its place."""
    groups, last = grouped(findings), ""
    for group in groups[:_MOST]:
        yield f"  {group.what}: {_names(group.names)} ({group.logs})"
        if group.place not in shown:
            yield f"    {group.place}: {group.example[:_WIDTH]}".rstrip()
        elif group.place != last:
            yield f"    {group.place}"
        shown.add(group.place)
        last = group.place
    if len(groups) > _MOST:
        yield f"  and {len(groups) - _MOST} more, see --format json"


def _names(names: Iterable[str]) -> str:
    listed = [printable(name) for name in names]
    more = len(listed) - _NAMED
    return ", ".join(listed[:_NAMED]) + (f" and {more} more" if more > 0 else "")

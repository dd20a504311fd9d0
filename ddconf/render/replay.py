"""A replay as text: what is lost first, with one example of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ddconf.render.style import bold
from ddconf.render.values import printable

_TITLES = {
    "rule": "Rules",
    "attribute": "Attributes",
    "field": "Official fields",
    "tag": "Tags",
    "status": "Statuses",
    "unparsed": "Lines that no rule matches",
}
_MOST = 20
_WIDTH = 160


def replay_lines(report: Mapping[str, Any], color: bool) -> Iterator[str]:
    """The lines of a report of `ddconf replay --format json`."""
    yield bold(f"{report['changed']:,} of {report['logs']:,} logs come out otherwise", color)
    for about, title in _TITLES.items():
        findings = [finding for finding in report[about] if finding["what"] != "kept"]
        if findings:
            yield ""
            yield bold(title, color)
            yield from _findings(findings)
    if report["uncounted"]:
        yield f"\n{report['uncounted']:,} more findings of rare names are not listed"


def _findings(findings: list[dict[str, Any]]) -> Iterator[str]:
    for finding in findings[:_MOST]:
        count = f"{finding['logs']:,} log{'s' * (finding['logs'] != 1)}"
        yield f"  {finding['what']}: {printable(finding['name'])} ({count})"
        yield f"    e.g. {printable(finding['example'])[:_WIDTH]}"
    if len(findings) > _MOST:
        yield f"  and {len(findings) - _MOST} more, see --format json"

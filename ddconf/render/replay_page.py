"""A replay as a page of HTML, or a part of the page of a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ddconf.render.markup import Html, element, join
from ddconf.render.page import page
from ddconf.render.replay import (
    RECORDING,
    TOUCHED,
    Findings,
    grouped,
    headline,
    recording_lines,
    sections,
    touched_lines,
)

_MOST = 200


def replay_page(result: Mapping[str, Any]) -> str:
    """The page of what `ddconf replay --format json` prints."""
    header = element("header", element("h1", "Replay"), element("p", headline(result), class_="about"))
    return page("Replay", join(header, element("main", *_parts(result))))


def replay_section(result: Mapping[str, Any]) -> Html:
    """The replay as a part of another page."""
    return element(
        "section",
        element("h2", "Replay ", element("small", headline(result))),
        *_parts(result),
        class_="system",
    )


def _parts(result: Mapping[str, Any]) -> Iterator[Html]:
    for title, findings in sections(result):
        yield element("section", element("h3", title), _table(findings), class_="group findings")
    for title, lines in ((TOUCHED, touched_lines(result)), (RECORDING, recording_lines(result))):
        if lines:
            listed = (element("li", line) for line in lines)
            yield element("section", element("h3", title), element("ul", *listed), class_="group findings")


def _table(findings: Findings) -> Html:
    groups = grouped(findings)
    words = (element("th", word) for word in ("What", "Which", "Logs", "The first of them"))
    rows = (
        element(
            "tr",
            element("td", group.what),
            element("td", ", ".join(group.names)),
            element("td", group.logs, class_="number"),
            element("td", element("code", group.example), " ", element("small", group.place)),
        )
        for group in groups[:_MOST]
    )
    more = element("p", f"and {len(groups) - _MOST} more") if len(groups) > _MOST else None
    table = element("table", element("thead", element("tr", *words)), element("tbody", *rows))
    return join(table, more)

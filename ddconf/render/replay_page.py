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
    example_text,
    headline,
    logs_text,
    recording_lines,
    sections,
    touched_lines,
)
from ddconf.render.values import printable

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
        yield element("section", element("h3", title), _table(findings), class_="group")
    for title, lines in ((TOUCHED, touched_lines(result)), (RECORDING, recording_lines(result))):
        if lines:
            listed = (element("li", line) for line in lines)
            yield element("section", element("h3", title), element("ul", *listed), class_="group")


def _table(findings: Findings) -> Html:
    words = (element("th", word) for word in ("What", "Name", "Logs", "For example"))
    rows = (
        element(
            "tr",
            element("td", finding["what"]),
            element("td", printable(finding["name"])),
            element("td", logs_text(finding["logs"]), class_="number"),
            element("td", element("code", example_text(finding))),
        )
        for finding in findings[:_MOST]
    )
    more = element("p", f"and {len(findings) - _MOST} more") if len(findings) > _MOST else None
    return join(element("table", element("thead", element("tr", *words)), element("tbody", *rows)), more)

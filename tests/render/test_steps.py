"""The table of steps: columns that line up, what changed or why not, nothing beyond the width."""

from __future__ import annotations

import re
from textwrap import dedent

import pytest

from ddconf.pipelines import Log, run
from ddconf.render.steps import steps_table

PIPELINE = {
    "name": "Shop",
    "is_enabled": True,
    "filter": {"query": "*"},
    "processors": [
        {
            "type": "grok-parser",
            "name": "Access",
            "is_enabled": True,
            "source": "message",
            "grok": {"match_rules": "access %{word:http.method} %{data:http.url} %{integer:n:lowercase}"},
        },
        {
            "type": "pipeline",
            "name": "Errors",
            "is_enabled": True,
            "filter": {"query": "@http.status_code:>499"},
            "processors": [],
        },
        {
            "type": "attribute-remapper",
            "name": "a path, which has a rather long name",
            "is_enabled": True,
            "sources": ["http.url"],
            "target": "http.url",
        },
        {
            "type": "message-remapper",
            "name": "",
            "is_enabled": True,
            "sources": ["http.url"],
        },
        {"type": "status-remapper", "name": "off", "sources": ["x"]},
    ],
}


def table(message: str, width: int = 80, color: bool = False) -> list[str]:
    return list(steps_table(run(PIPELINE, Log(message)), ["shop"], width, color=color))


def test_every_step_has_its_row_in_columns() -> None:
    expected = """\
        STEP                         MATCHED    CHANGED, OR WHY NOT
        pipeline shop
          grok-parser Access         access     could not be converted: @n (lowercase)
                                                + @http.method: "GET"
                                                + @http.url: "/cart"
          pipeline Errors                       filter did not match:
                                                @http.status_code:>499
          attribute-remapper a       @http.url  no change
            path, which has a
            rather long name
          message-remapper           @http.url  ~ message: "GET /cart 5" -> "/cart"
                                                - @http.url: "/cart"
          status-remapper off                   disabled: is_enabled is not set, which
                                                means false"""
    assert table("GET /cart 5") == dedent(expected).split("\n")


@pytest.mark.parametrize("width", [60, 80, 133])
def test_long_values_are_cut_and_no_line_is_too_long(width: int) -> None:
    lines = table(f"GET /{'long/' * 200}\x1b[31m 5", width)
    assert max(map(len, lines)) <= width
    assert len(lines) < 32
    assert "\x1b" not in "".join(lines)
    assert any(line.endswith("…") for line in lines)


def test_colours_change_nothing_but_colours() -> None:
    coloured = table("GET /cart 5", color=True)
    assert [re.sub(r"\x1b\[\d*m", "", line).rstrip() for line in coloured] == table("GET /cart 5")
    assert any("\x1b" in line for line in coloured)

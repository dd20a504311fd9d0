"""A plan as a comment on a pull request: one collapsed block per change, within GitHub's limit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from ddconf.kind import find_kind
from ddconf.plans.change import Plan
from ddconf.render.counts import count, nothing_to_do
from ddconf.render.lines import Line
from ddconf.render.outline import Behaviour, Kinds, Outline, outlines

LIMIT = 65_536
"""Characters of a comment. https://docs.github.com/en/rest/issues/comments"""
_NOTE_LENGTH = 300
_DIFF_SYMBOLS = {"~": "!", "-/+": "!", "+/-": "!", "=": " ", "": " "}


def render(
    plan: Plan,
    *,
    kinds: Kinds = find_kind,
    limit: int = LIMIT,
    behaviour: Behaviour | None = None,
    **_view: Any,
) -> str:
    """The whole plan; what does not fit is shown without its fields, or counted."""
    if not plan.changes:
        return f"{_marker(plan)}### ddconf: no changes\n\n{nothing_to_do(plan)}\n"
    head = (
        f"{_marker(plan)}### ddconf plan: {count(plan.changes)}\n\nSite: <code>{escape(plan.site)}</code>\n"
    )
    return head + _fit(outlines(plan, kinds, behaviour=behaviour or {}), limit - len(head) - _NOTE_LENGTH)


def _marker(plan: Plan) -> str:
    """A line that nobody sees, by which a later run finds the comment that it takes the place of."""
    site = re.sub(r"[-<>]+", "-", plan.site)
    return f"<!-- ddconf plan: {site} -->\n"


def _fit(drawn: Sequence[Outline], room: int) -> str:
    blocks: list[str] = []
    short = left_out = 0
    for outline in drawn:
        whole, line = _block(outline), _summary(outline)
        text = whole if len(whole) <= room else line if len(line) <= room else ""
        short += text == line != whole
        left_out += not text
        room -= len(text)
        blocks.append(text)
    return "".join(blocks) + _note(short, left_out)


def _note(short: int, left_out: int) -> str:
    if not short and not left_out:
        return ""
    return (
        f"\n**This plan is too long for one comment:** {short} changes are shown without their fields and "
        f"{left_out} are left out. The whole plan is in the log of this run.\n"
    )


def _summary(outline: Outline) -> str:
    return f"\n<div><code>{escape(_title(outline))}</code></div>\n"


def _block(outline: Outline) -> str:
    """Everything in the fence is text; the fence is longer than any run of backticks inside it."""
    if not outline.body:
        return _summary(outline)
    body = "\n".join(_diff_line(line) for line in outline.body)
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", body)), default=0))
    return (
        f"\n<details><summary><code>{escape(_title(outline))}</code></summary>\n\n"
        f"{fence}diff\n{body}\n{fence}\n\n</details>\n"
    )


def _title(outline: Outline) -> str:
    return f"{outline.symbol} {outline.heading}".strip()


def _diff_line(line: Line) -> str:
    """The symbol comes first, since that is where diff colours look for it."""
    symbol = _DIFF_SYMBOLS.get(line.symbol, line.symbol)
    return f"{symbol} {'  ' * (line.depth - 1)}{line.text}".rstrip()

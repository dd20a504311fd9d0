"""A plan as a comment on a pull request: one collapsed block per change, within GitHub's limit."""

from __future__ import annotations

import re
from html import escape

from ddconf.plans.change import Plan
from ddconf.render.counts import count, count_by_kind, nothing_to_do
from ddconf.render.fitted import fitted
from ddconf.render.grouped import grouped_outlines
from ddconf.render.header import PlanHeader, places, refusal_lines
from ddconf.render.lines import Line
from ddconf.render.outline import Outline
from ddconf.render.view import PLAIN_VIEW, PlanView

COMMENT_LIMIT = 65_536
"""Characters of a comment. https://docs.github.com/en/rest/issues/comments"""
_DIFF_SYMBOLS = {"~": "!", "-/+": "!", "+/-": "!", "=": " ", "": " "}


def render(plan: Plan, view: PlanView = PLAIN_VIEW, *, limit: int = COMMENT_LIMIT) -> str:
    """The whole plan; what does not fit is listed by name, and names are the last to be left out."""
    header = view.header
    marker = _marker(plan, header)
    place = ", ".join(f"{what}: <code>{escape(name)}</code>" for what, name in places(plan, header))
    if not plan.changes:
        return f"{marker}### ddconf: no changes\n\n{place}\n\n{nothing_to_do(plan)}\n{_replayed(view)}"
    title = f"### ddconf plan: {count(plan.changes)}\n\n{place}\n"
    head = f"{marker}{title}{_refused(header)}{_table(plan)}{_replayed(view)}"
    shown = grouped_outlines(plan, view.kinds, behaviour=view.behaviour)
    return head + fitted(shown, limit - len(head), block)


def _replayed(view: PlanView) -> str:
    """What recorded logs say, folded."""
    if not view.replay:
        return ""
    from ddconf.render.replay import headline, replay_lines

    _, *lines = replay_lines(view.replay)
    told = _fenced("\n".join(lines).strip("\n"))
    return f"\n<details><summary>Replay: {headline(view.replay)}</summary>\n\n{told}\n\n</details>\n"


def _marker(plan: Plan, header: PlanHeader) -> str:
    """A line that nobody sees, by which a later run finds the comment that it takes the place of."""
    place = f"{plan.site} {header.environment}" if header.environment else plan.site
    return f"<!-- ddconf plan: {re.sub(r'[-<>]+', '-', place)} -->\n"


def _refused(header: PlanHeader) -> str:
    told = "".join(f"> - {_cell(line)}\n" for line in refusal_lines(header))
    return f"\n> [!CAUTION]\n> **Apply will refuse this plan:**\n>\n{told}" if told else ""


def _table(plan: Plan) -> str:
    """How many changes of each kind and action."""
    table = count_by_kind(plan.changes)
    rows = (("", *table.actions), ("---", *("--:" for _ in table.actions)))
    counted = ((kind, *(str(number or "") for number in numbers)) for kind, numbers in table.rows)
    return "\n" + "".join(f"| {' | '.join(row)} |\n" for row in (*rows, *counted))


def _cell(text: str) -> str:
    """Text of one line as code, so that nothing in it is markup or a mention."""
    return f"<code>{escape(text)}</code>"


def _summary(outline: Outline) -> str:
    return f"\n<div><code>{escape(_title(outline))}</code></div>\n"


def block(outline: Outline) -> str:
    """One change, folded. The fence holds only text and is longer than any run of backticks inside it."""
    if not outline.body:
        return _summary(outline)
    body = "\n".join(_diff_line(line) for line in outline.body)
    summary = f"<code>{escape(_title(outline))}</code>"
    return f"\n<details><summary>{summary}</summary>\n\n{_fenced(body, 'diff')}\n\n</details>\n"


def _fenced(body: str, language: str = "") -> str:
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", body)), default=0))
    return f"{fence}{language}\n{body}\n{fence}"


def _title(outline: Outline) -> str:
    return f"{outline.symbol} {outline.heading}".strip()


def _diff_line(line: Line) -> str:
    """The symbol comes first, since that is where diff colours look for it."""
    symbol = _DIFF_SYMBOLS.get(line.symbol, line.symbol)
    return f"{symbol} {'  ' * (line.depth - 1)}{line.text}".rstrip()

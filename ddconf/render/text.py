"""A plan as a person reads it in a terminal, in Terraform's manner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ddconf.plans.apply_cost import apply_cost
from ddconf.plans.change import Plan
from ddconf.render.counts import Counts, count, count_by_kind, nothing_to_do
from ddconf.render.header import PlanHeader, places, refusal_lines
from ddconf.render.style import bold, paint
from ddconf.render.view import PLAIN_VIEW, NextCommand, PlanView

if TYPE_CHECKING:
    from ddconf.render.lines import Line
    from ddconf.render.outline import Kinds, Outline

_LEGEND = {
    "+": "create",
    "~": "update in-place",
    "-/+": "destroy and then create a replacement",
    "+/-": "create a replacement and then destroy",
    "-": "destroy",
    "=": "adopt what exists",
    "!": "to do by hand",
}
_SYMBOL_WIDTH = 3
_INDENT = "    "
_FEWEST_IN_TABLE = 2


def render(plan: Plan, view: PlanView = PLAIN_VIEW) -> str:
    """The whole plan, and the next command."""
    header, color, kinds = view.header, view.color, view.kinds
    place = ", ".join(f"{what}: {name}" for what, name in places(plan, header))
    if not plan.changes:
        nothing = f"{bold('No changes.', color, 'green')} {nothing_to_do(plan)}\n{place}"
        return "\n\n".join([nothing, *_replayed(view)])
    from ddconf.render.grouped import grouped_outlines

    drawn = grouped_outlines(plan, kinds, full=view.full, behaviour=view.behaviour)
    counts = count(plan.changes)
    parts = [
        place,
        *_refused(header, color),
        *_table(plan),
        *_heading(drawn, counts, color),
        *("\n".join(_block(outline, color)) for outline in drawn),
        *_replayed(view),
        f"{bold('Plan:', color)} {counts}.{_cost(plan, kinds)}",
        *([next_step(counts, view.following)] if view.following else []),
    ]
    return "\n\n".join(parts)


def _replayed(view: PlanView) -> Iterator[str]:
    if view.replay:
        from ddconf.render.replay import replay_lines

        lines = (f"  {line}".rstrip() for line in replay_lines(view.replay, view.color))
        yield "\n".join([f"{bold('Replay of recorded logs:', view.color)}", *lines])


def _refused(header: PlanHeader, color: bool) -> Iterator[str]:
    if header.refusals:
        told = (f"  {line}" for line in refusal_lines(header))
        yield "\n".join([bold("Apply will refuse this plan:", color, "red"), *told])


def _table(plan: Plan) -> Iterator[str]:
    """How many changes of each kind and action, where there are several."""
    if len(plan.changes) < _FEWEST_IN_TABLE:
        return
    table = count_by_kind(plan.changes)
    width = max(len(kind) for kind, _ in table.rows)
    rows = [" ".join(["  " + " " * width, *(f" {word}" for word in table.actions)])]
    for kind, numbers in table.rows:
        cells = (
            f"{number or '':>{len(word) + 1}}" for number, word in zip(numbers, table.actions, strict=True)
        )
        rows.append(" ".join([f"  {kind:{width}}", *cells]).rstrip())
    yield "\n".join(rows)


def _cost(plan: Plan, kinds: Kinds) -> str:
    cost = apply_cost(plan, kinds)
    return f" Its apply takes {cost}." if cost.requests else ""


def next_step(counts: Counts, following: NextCommand) -> str:
    """What to do with a plan."""
    saved, place, scope = following.saved, following.place, following.scope
    apply = f"ddconf apply{place}"
    if counts.drifted:
        keep = f"To keep it, change the definitions, or run: ddconf export{place}"
        return f"To change it back, run: {apply}{scope}\n{keep}"
    if saved:
        return f"The plan is kept in {saved}. To perform exactly these actions, run: {apply} {saved}"
    later = f"To keep this plan for later: ddconf plan{place}{scope} --out=FILE"
    return f"To perform these actions, run: {apply}{scope}\n{later}"


def _heading(drawn: Sequence[Outline], counts: Counts, color: bool) -> Iterator[str]:
    if counts.drifted:
        yield "Changed outside ddconf:"
        return
    used = {outline.symbol for outline in drawn}
    rows = [f"{_symbol(symbol, color)} {words}" for symbol, words in _LEGEND.items() if symbol in used]
    if rows:
        yield "\n".join(["Actions are indicated with these symbols:", *rows])
    yield "ddconf will perform the following actions:"


def _block(outline: Outline, color: bool) -> Iterator[str]:
    yield f"  {bold(f'# {outline.heading}', color)}"
    if outline.symbol:
        yield f"{_symbol(outline.symbol, color)} {outline.title}"
    yield from (_draw(line, color) for line in outline.body)


def _draw(line: Line, color: bool) -> str:
    text = paint(line.text, "#", color) if line.symbol == "#" else line.text
    return f"{_INDENT * line.depth}{_symbol(line.symbol, color)} {text}".rstrip()


def _symbol(symbol: str, color: bool) -> str:
    return paint(symbol, symbol, color, _SYMBOL_WIDTH)

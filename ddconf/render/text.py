"""A plan as a person reads it in a terminal, in Terraform's manner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ddconf.kind import find_kind
from ddconf.plans.apply_cost import apply_cost
from ddconf.plans.change import Plan
from ddconf.render.counts import Counts, count, nothing_to_do
from ddconf.render.style import bold, paint

if TYPE_CHECKING:
    from ddconf.render.lines import Line
    from ddconf.render.outline import Behaviour, Kinds, Outline

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


@dataclass(frozen=True, slots=True)
class NextCommand:
    """What the next command is given: the file in which the plan was saved, and flags.

    `place` and `scope` are those that lead to the same organisation and to the same plan.
    """

    saved: str | None = None
    place: str = ""
    scope: str = ""


NOTHING_SAVED = NextCommand()


def render(
    plan: Plan,
    *,
    color: bool = False,
    kinds: Kinds = find_kind,
    full: bool = False,
    following: NextCommand | None = NOTHING_SAVED,
    behaviour: Behaviour | None = None,
) -> str:
    """The whole plan; `full` shows every line of new objects, `behaviour` tells what happens to logs.

    `following` says what to do next, for a run that ends here.
    """
    if not plan.changes:
        return f"{bold('No changes.', color, 'green')} {nothing_to_do(plan)}"
    from ddconf.render.outline import outlines

    drawn = outlines(plan, kinds, full=full, behaviour=behaviour or {})
    counts = count(plan.changes)
    parts = [
        *_heading(drawn, counts, color),
        *("\n".join(_block(outline, color)) for outline in drawn),
        f"{bold('Plan:', color)} {counts}.{_cost(plan, kinds)}",
        *([next_step(counts, following)] if following else []),
    ]
    return "\n\n".join(parts)


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
        yield "These objects are no longer as ddconf left them:"
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

"""What stands above a plan: where it would be applied, and why it must not be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ddconf.errors import Diagnostic
from ddconf.plans.change import Plan
from ddconf.render.values import printable


@dataclass(frozen=True, slots=True)
class PlanHeader:
    """The environment, the organisation's id (empty where it is unknown), and every reason to refuse."""

    environment: str | None = None
    organisation: str = ""
    refusals: tuple[Diagnostic, ...] = ()


NO_HEADER = PlanHeader()


def places(plan: Plan, header: PlanHeader) -> Iterator[tuple[str, str]]:
    """Site, environment and organisation by what they are called, as far as they are known."""
    named = (("Site", plan.site), ("environment", header.environment), ("organisation", header.organisation))
    return ((what, printable(name)) for what, name in named if name)


def refusal_lines(header: PlanHeader) -> Iterator[str]:
    """A line for each reason why an apply refuses the plan, and what to do about it."""
    return (printable(str(refusal)) for refusal in header.refusals)

"""How a plan is shown, in any format: a format reads the fields that it has a use for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ddconf.kind import Kind, find_kind
from ddconf.render.header import NO_HEADER, PlanHeader

if TYPE_CHECKING:
    from ddconf.address import Address
    from ddconf.alerting.comparison import MonitorEffect
    from ddconf.pipelines.log import Log


@dataclass(frozen=True, slots=True)
class NextCommand:
    """What the next command is given: the file in which the plan was saved, and flags.

    `place` and `scope` are those that lead to the same organisation and to the same plan.
    """

    saved: str | None = None
    place: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """What is shown besides the plan itself.

    `full` shows every line of new objects, `following` what to do next where a run ends here, `behaviour`
    what a change does to logs and alerts, in words; `samples` are logs as they arrive, by the name of their
    pipeline, shown before and after it; `effects` what changed monitors do, over time; `replay` what recorded
    logs say of the plan's pipelines, as `ddconf replay --format json` prints it.
    """

    color: bool = False
    full: bool = False
    kinds: Callable[[str], Kind] = find_kind
    header: PlanHeader = NO_HEADER
    following: NextCommand | None = NextCommand()
    behaviour: Mapping[Address, Sequence[str]] = field(default_factory=dict)
    samples: Mapping[str, Sequence[Log]] = field(default_factory=dict)
    effects: Mapping[Address, MonitorEffect] = field(default_factory=dict)
    replay: Mapping[str, Any] | None = None


PLAIN_VIEW = PlanView()

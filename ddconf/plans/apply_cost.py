"""What an apply of a plan costs: requests, and the seconds that Datadog's limits make it wait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from ddconf.kind import Kind
from ddconf.plans.change import Action, Plan

_REQUESTS = {Action.CREATE: 1, Action.UPDATE: 2, Action.ADOPT: 1, Action.REPLACE: 3, Action.DELETE: 2}
"""Each object is read again right before it is changed."""


@dataclass(frozen=True, slots=True)
class ApplyCost:
    """About so many requests; `slowest` is the kind whose limit takes longest, with no limit it is empty."""

    requests: int = 0
    seconds: int = 0
    slowest: str = ""

    def __str__(self) -> str:
        text = f"about {self.requests} request{'s' * (self.requests != 1)}"
        if self.seconds:
            text += f" and at least {_duration(self.seconds)}, as Datadog takes few of {self.slowest} at once"
        return text


def apply_cost(plan: Plan, kinds: Callable[[str], Kind]) -> ApplyCost:
    """An estimate from the plan alone: how many pages a list has, or retries, nobody knows before."""
    changed: Counter[str] = Counter()
    requests = 0
    for change in plan.changes:
        needed = _REQUESTS.get(change.action, 0) + (change.action is Action.ADOPT and bool(change.fields))
        requests += needed
        changed[change.address.kind] += bool(needed)
    waits = {}
    for name, number in changed.items():
        api = kinds(name).api
        if api is None or not number:
            continue
        requests += api.list is not None and not api.unlisted  # one list more to see what was written
        limit, period = api.paced
        if limit and (number - 1) // limit:
            waits[name] = (number - 1) // limit * period
    slowest = max(waits, key=lambda name: waits[name], default="")
    return ApplyCost(requests, waits.get(slowest, 0), slowest)


def _duration(seconds: int) -> str:
    minutes = round(seconds / 60)
    return f"{seconds} seconds" if minutes < 2 else f"{minutes} minutes"

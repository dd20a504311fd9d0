"""`limits:` of ddconf.yaml: how much one plan may change and delete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ddconf.definitions.shape_checks import Expect
from ddconf.definitions.suggest import did_you_mean
from ddconf.document import JSON
from ddconf.document import Path as Place
from ddconf.kind import kind_names

_LIMITS = ("updates", "deletes", "minimum")


@dataclass(frozen=True, slots=True)
class LimitSetting:
    """How much one plan may change of a kind: a float is a share of its objects, an int a count.

    Shares count only where there are at least `minimum` objects.
    """

    updates: float | int = 0.3
    deletes: float | int = 0.3
    minimum: int = 10


@dataclass(frozen=True, slots=True)
class LimitSettings:
    """The limit of every kind: its own, or the default."""

    default: LimitSetting = LimitSetting()
    kinds: Mapping[str, LimitSetting] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, kind: str) -> LimitSetting:
        return self.kinds.get(kind, self.default)


USUAL_LIMITS = LimitSettings()


def read_limits(value: JSON, expect: Expect) -> LimitSettings:
    given = expect.keys(value, ("limits",), (*_LIMITS, "kinds"))
    default = _limit(given, ("limits",), LimitSetting(), expect)
    kinds = {}
    for kind, own in expect.typed(given.get("kinds"), ("limits", "kinds"), dict, {}).items():
        place: Place = ("limits", "kinds", kind)
        if kind not in kind_names():
            expect.mistake(
                place, f"unknown kind '{kind}'", did_you_mean(kind, kind_names()), length=len(kind)
            )
        else:
            kinds[kind] = _limit(expect.keys(own, place, _LIMITS), place, default, expect)
    return LimitSettings(default, kinds)


def _limit(given: Mapping[str, JSON], place: Place, default: LimitSetting, expect: Expect) -> LimitSetting:
    return LimitSetting(
        updates=_amount(given.get("updates"), (*place, "updates"), default.updates, expect),
        deletes=_amount(given.get("deletes"), (*place, "deletes"), default.deletes, expect),
        minimum=expect.typed(given.get("minimum"), (*place, "minimum"), int, default.minimum),
    )


def _amount(value: JSON, place: Place, default: float, expect: Expect) -> float:
    """A count (5), or a share (0.3 or 30%)."""
    if value is None:
        return default
    if isinstance(value, str) and value.endswith("%") and value[:-1].isdecimal():
        value = int(value[:-1]) / 100
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or value < 0 or (isinstance(value, float) and value > 1):
        expect.mistake(place, f"'{value}' is not a limit", "write a count such as 5, or a share such as 30%")
        return default
    return float(value) if isinstance(value, float) else int(value)

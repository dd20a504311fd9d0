"""The registry of lint rules: every module of this folder registers one rule under its name.

A rule is a function of the facts that yields what it finds; the first line of its docstring describes it.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ddconf.errors import Severity

if TYPE_CHECKING:
    from ddconf.lint.facts import Facts
    from ddconf.lint.finding import Finding

Check = Callable[["Facts"], Iterator["Finding"]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check under its name; `severity` is that of findings which do not say their own."""

    name: str
    severity: Severity
    check: Check

    @property
    def summary(self) -> str:
        """One sentence: what the rule finds."""
        return (inspect.getdoc(self.check) or "").splitlines()[0]


_RULES: dict[str, Rule] = {}


def rule(name: str, severity: Severity) -> Callable[[Check], Check]:
    """Register the function that checks this rule."""

    def register(check: Check) -> Check:
        _RULES[name] = Rule(name, severity, check)
        return check

    return register


@cache
def registered() -> dict[str, Rule]:
    """Every rule by name, after importing the modules of this folder."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(sorted(_RULES.items()))

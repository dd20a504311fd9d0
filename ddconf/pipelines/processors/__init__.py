"""The registry of processors: every module of this folder registers one type of Datadog's under its name.

A processor is compiled once and then applied to many logs: `build(spec)` reads the document and returns
`apply(log)`, which changes the log and reports what happened.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ddconf.pipelines.spec import Spec
    from ddconf.pipelines.stage import Apply

Build = Callable[["Spec"], "Apply"]

_BUILDS: dict[str, Build] = {}


def processor(type_: str) -> Callable[[Build], Build]:
    """Register the function that compiles processors of this type."""

    def register(build: Build) -> Build:
        _BUILDS[type_] = build
        return build

    return register


def find_processor(type_: str) -> Build | None:
    """The function that compiles this type, or None for a type that is not known."""
    return registered().get(type_)


def similar_type(type_: str) -> str:
    """A hint with the most similar known type, or an empty text."""
    close = difflib.get_close_matches(type_, registered(), n=1)
    return f"did you mean '{close[0]}'?" if close else ""


@cache
def registered() -> dict[str, Build]:
    """Every known type, after importing the modules of this folder."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(sorted(_BUILDS.items()))

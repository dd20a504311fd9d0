"""Every kind there is: a file in `kinds/` is a kind, and its name the kind's name."""

from __future__ import annotations

import importlib
import pkgutil
import re
from functools import cache

from ddconf.kind.shape import Kind


@cache
def kind_names() -> tuple[str, ...]:
    """Every kind, from the files in `kinds/`, sorted; nothing is imported."""
    package = importlib.import_module("ddconf.kinds")
    return tuple(sorted(module.name for module in pkgutil.iter_modules(package.__path__)))


@cache
def find_kind(name: str) -> Kind:
    """The kind of that name; raises KeyError."""
    if name not in kind_names():
        raise KeyError(name)
    kind: Kind = importlib.import_module(f"ddconf.kinds.{name}").KIND
    return kind


def documentation(name: str) -> str:
    """The page of Datadog's documentation that a kind's file names at its top; empty without one."""
    found = re.search(r"https://\S+", importlib.import_module(f"ddconf.kinds.{name}").__doc__ or "")
    return found[0] if found else ""

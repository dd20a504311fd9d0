"""The registry of widgets: every module of this folder registers the types of one family.

A function draws one widget's inside from its definition; `Uncomputable` makes it show its query instead.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ddconf.document import Document
    from ddconf.preview.sources import Size, Sources
    from ddconf.render.markup import Html

Draw = Callable[["Document", "Sources", "Size"], "Html"]

_DRAWN: dict[str, Draw] = {}


def widget(*types: str) -> Callable[[Draw], Draw]:
    """Register the function that draws widgets of these types."""

    def register(draw: Draw) -> Draw:
        _DRAWN.update(dict.fromkeys(types, draw))
        return draw

    return register


def find_widget(type_: str) -> Draw | None:
    """The function that draws this type, or None for a type that shows its title and query alone."""
    return registered().get(type_)


@cache
def registered() -> dict[str, Draw]:
    """Every known type, after importing the modules of this folder."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(sorted(_DRAWN.items()))

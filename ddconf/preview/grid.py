"""Where widgets stand: the grid of a dashboard and of each group, as places that a style sheet can use.

https://docs.datadoghq.com/dashboards/configure/
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ddconf.document import Document, get
from ddconf.preview.sources import Size

COLUMNS = 12
COLUMN, ROW, GAP = 100, 74, 8
"""Pixels of a cell on a wide screen, and between cells."""
_TITLE, _PADDING = 28, 16
_FREE_COLUMN, _FREE_ROW = 12, 8
"""Of a dashboard with free layout, how many of its units make a cell; its own are about 10 pixels."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell and how many it covers, from 0; without x and y the next that is free."""

    x: int | None
    y: int | None
    width: int
    height: int

    @property
    def style(self) -> str:
        """The place for the style sheet, which counts lines from 1."""
        x = "auto" if self.x is None else self.x + 1
        y = "auto" if self.y is None else self.y + 1
        return f"--x:{x};--y:{y};--w:{self.width};--h:{self.height}"

    def inside(self, *, titled: bool) -> Size:
        """The room that a widget has for its own, below its title."""
        width = self.width * COLUMN + (self.width - 1) * GAP - _PADDING
        height = self.height * ROW + (self.height - 1) * GAP - _PADDING - (_TITLE if titled else 0)
        return Size(max(width, 60), max(height, 30))


def places(widgets: Sequence[Document], *, free: bool = False) -> list[GridCell]:
    """The place of each widget; `free` layouts are brought onto the grid."""
    layouts = [get(widget, ("layout",)) or {} for widget in widgets]
    if not free:
        return [_place(layout) for layout in layouts]
    widest = max((_number(layout, "x") + _number(layout, "width", 1) for layout in layouts), default=1)
    return [_scaled(layout, COLUMNS / max(widest, 1)) for layout in layouts]


def _place(layout: Document) -> GridCell:
    width = min(max(_number(layout, "width", 4), 1), COLUMNS)
    height = min(max(_number(layout, "height", 2), 1), 200)
    if "x" not in layout or "y" not in layout:
        return GridCell(None, None, width, height)
    x = min(max(_number(layout, "x"), 0), COLUMNS - width)
    return GridCell(x, min(max(_number(layout, "y"), 0), 2000), width, height)


def _scaled(layout: Document, share: float) -> GridCell:
    x = _number(layout, "x") * share
    width = _number(layout, "width", 1) * share
    return _place(
        {
            "x": round(x),
            "y": round(_number(layout, "y") / _FREE_ROW),
            "width": max(1, round(x + width) - round(x)),
            "height": max(1, round(_number(layout, "height", 1) / _FREE_ROW)),
        }
    )


def _number(layout: Document, key: str, otherwise: int = 0) -> int:
    value = layout.get(key)
    return int(value) if isinstance(value, int | float) else otherwise

"""A dashboard change as two drawings of its layout; boxes that come, go, move or change are marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ddconf.document import Document, canonical, get
from ddconf.plans.pair_items import pair
from ddconf.render.markup import Html, element
from ddconf.render.values import printable

_TITLE_ROWS = 1
_ROW = 13


@dataclass(frozen=True, slots=True)
class PlacedWidget:
    """One widget where it stands on the whole dashboard; `mark` says what happens to it."""

    x: float
    y: float
    width: float
    height: float
    widget: Document
    mark: str = ""

    @property
    def is_group(self) -> bool:
        return isinstance(get(self.widget, ("definition", "widgets")), list)

    @property
    def content(self) -> Document:
        """What the widget is without its place, and for a group without what is in it."""
        definition = self.widget.get("definition") or {}
        return {key: value for key, value in definition.items() if key != "widgets"}


def wireframes(before: Document | None, after: Document | None) -> Html:
    """The layout before and after, side by side; one alone where there is no other."""
    old, new = marked(list(boxes(before)), list(boxes(after)))
    sides = (("Before", before, old), ("After", after, new))
    return element(
        "div",
        *(_drawing(title, items) for title, document, items in sides if document is not None),
        class_="wireframes",
    )


def boxes(dashboard: Document | None) -> Iterator[PlacedWidget]:
    """Every widget and group, from the top, with places counted on the whole dashboard."""
    yield from _boxes((dashboard or {}).get("widgets") or [], 0, 0)


def _boxes(widgets: Sequence[Document], left: float, top: float) -> Iterator[PlacedWidget]:
    bottom = top
    for widget in widgets:
        layout = widget.get("layout") or {"x": 0, "y": bottom - top, "width": 4, "height": 2}
        x, y, width, height = (_number(layout.get(key)) for key in ("x", "y", "width", "height"))
        box = PlacedWidget(left + x, top + y, width, height, widget)
        bottom = max(bottom, box.y + box.height)
        yield box
        if box.is_group:
            yield from _boxes(widget["definition"]["widgets"], box.x, box.y + _TITLE_ROWS)


def _number(value: object) -> float:
    return value if isinstance(value, int | float) else 0


def marked(
    old: Sequence[PlacedWidget], new: Sequence[PlacedWidget]
) -> tuple[list[PlacedWidget], list[PlacedWidget]]:
    """The boxes with their marks: `removed`, `added`, `moved`, `resized`, `changed`, or none."""
    pairs = _pairs(old, new)
    marks = {ours: _mark(old[ours], new[theirs]) for ours, theirs in pairs.items()}
    backwards = {theirs: marks[ours] for ours, theirs in pairs.items()}
    return (
        [replace(box, mark=marks.get(index, "removed")) for index, box in enumerate(old)],
        [replace(box, mark=backwards.get(index, "added")) for index, box in enumerate(new)],
    )


def _pairs(old: Sequence[PlacedWidget], new: Sequence[PlacedWidget]) -> Mapping[int, int]:
    """Which box is which: groups with groups, widgets with widgets, wherever they stand."""
    found: dict[int, int] = {}
    for group in (True, False):
        ours = [index for index, box in enumerate(old) if box.is_group is group]
        theirs = [index for index, box in enumerate(new) if box.is_group is group]
        contents = pair([old[index].content for index in ours], [new[index].content for index in theirs])
        found |= {ours[left]: theirs[right] for left, right in contents.items()}
    return found


def _mark(old: PlacedWidget, new: PlacedWidget) -> str:
    words = []
    if (old.x, old.y) != (new.x, new.y):
        words.append("moved")
    if (old.width, old.height) != (new.width, new.height):
        words.append("resized")
    if canonical(old.content) != canonical(new.content):
        words.append("changed")
    return " ".join(words)


def _drawing(title: str, items: Sequence[PlacedWidget]) -> Html:
    width = max((box.x + box.width for box in items), default=1) or 1
    height = max((box.y + box.height for box in items), default=1) or 1
    drawn = (_box(box, width, height) for box in items)
    frame = element("ol", *drawn, style=f"height:{min(round(height * _ROW), 2400)}px")
    return element("figure", element("figcaption", title), frame)


def _box(box: PlacedWidget, width: float, height: float) -> Html:
    definition = box.widget.get("definition") or {}
    name = printable(str(definition.get("title") or definition.get("type") or ""))
    style = (
        f"left:{box.x / width:.2%};top:{box.y / height:.2%};"
        f"width:{box.width / width:.2%};height:{box.height / height:.2%}"
    )
    label = element("b", box.mark, ": ") if box.mark else None
    classes = f"box {'whole' if box.is_group else ''} {box.mark}".split()
    return element("li", label, element("span", name), class_=" ".join(classes), style=style, title=name)

"""The widgets of a dashboard, whatever group they are in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ddconf.document import JSON, Document, Path, get
from ddconf.lint.finding import Place
from ddconf.lint.shape import mappings


@dataclass(frozen=True, slots=True)
class Widget:
    """A widget with its place in the document; `grid` names the list, or column, that it shares."""

    place: Place
    grid: Path
    document: Document

    @property
    def title(self) -> str:
        return title_of(get(self.document, ("definition",)))


def widgets_of(root: Place, document: Document) -> Iterator[Widget]:
    """Every widget, groups before what they hold."""
    column = 0
    for index, widget in mappings(document.get("widgets")):
        place, layout, inner = root.below("widgets", index), widget.get("layout"), widget.get("definition")
        if get(layout, ("is_column_break",)):  # a second column counts from its own top
            column += 1
        yield Widget(place, (*root.path, "widgets", column), widget)
        if isinstance(inner, dict):
            yield from widgets_of(place.below("definition"), inner)


def title_of(definition: JSON) -> str:
    """What a person calls the widget: its title, otherwise its type."""
    title = get(definition, ("title",)) or get(definition, ("type",))
    return title if isinstance(title, str) else "widget"


def widget_at(document: Document, path: Path) -> str:
    """The title of the innermost widget that a path leads into; empty where it leads into none."""
    inside = [end for end, step in enumerate(path, 1) if step == "definition"]
    return title_of(get(document, path[: inside[-1]])) if inside else ""


def strings(node: JSON, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text below a node, with its path."""
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, dict | list):
        for step, item in node.items() if isinstance(node, dict) else enumerate(node):
            yield from strings(item, (*path, step))


def requests_of(node: JSON, path: Path = ()) -> Iterator[tuple[Path, Document]]:
    """Every request with queries and formulas, with its path."""
    if isinstance(node, dict):
        if isinstance(node.get("queries"), list) and isinstance(node.get("formulas"), list):
            yield path, node
        for key, item in node.items():
            yield from requests_of(item, (*path, key))
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from requests_of(item, (*path, index))

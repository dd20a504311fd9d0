"""A page read back without a browser: its elements, and the text of each widget by its title."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(("br", "hr", "input", "link", "meta"))


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def words(self) -> str:
        """The text with a blank between elements and no other white space."""
        parts = [child if isinstance(child, str) else child.words for child in self.children]
        return " ".join(" ".join(parts).split())

    def walk(self) -> list[Element]:
        below = [child.walk() for child in self.children if isinstance(child, Element)]
        return [self, *(item for items in below for item in items)]

    def all(self, tag: str, class_: str = "") -> list[Element]:
        return [
            item
            for item in self.walk()
            if item.tag == tag and (not class_ or class_ in (item.attributes.get("class") or "").split())
        ]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("document")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(page: str) -> Element:
    """The page as a tree; fails where its elements are not nested well."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert len(reader.open) == 1, "elements are left open"
    return reader.open[0]


def widgets(page: str) -> dict[str, Element]:
    """The inside of each widget by its title, or by its type where it has none."""
    return {
        item.attributes.get("aria-label") or "": item.all("div", "inside")[0]
        for item in read(page).all("section", "widget")
    }

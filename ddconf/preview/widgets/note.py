"""What people wrote: notes in Markdown, free text; pictures and frames as their address, never fetched."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ddconf.document import Document
from ddconf.errors import DdconfError, Diagnostic
from ddconf.preview.sources import Size, Sources
from ddconf.preview.widgets import widget
from ddconf.render.markup import Html, element

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_BACKGROUNDS = frozenset(("white", "blue", "purple", "pink", "orange", "yellow", "green", "gray"))


@widget("note")
def note(definition: Document, sources: Sources, _size: Size) -> Html:
    color = str(definition.get("background_color") or "")
    written = Html(_markdown().render(str(definition.get("content") or ""), {"app": sources.app}))
    return element("div", written, class_=f"written {color if color in _BACKGROUNDS else 'plain'}")


@widget("free_text")
def free_text(definition: Document, _sources: Sources, _size: Size) -> Html:
    return element("p", str(definition.get("text") or ""), class_="free")


@widget("image")
def image(definition: Document, _sources: Sources, _size: Size) -> Html:
    return _address("Picture", definition)


@widget("iframe")
def iframe(definition: Document, _sources: Sources, _size: Size) -> Html:
    return _address("Page", definition)


def _address(what: str, definition: Document) -> Html:
    return element("p", f"{what} at ", element("code", str(definition.get("url") or "")), class_="empty")


@cache
def _markdown() -> MarkdownIt:
    """A reader that takes HTML for text, shows no pictures, and makes links of safe addresses only."""
    try:
        from markdown_it import MarkdownIt
    except ImportError:
        hint = "install the extra `preview`, such as pip install '.[preview]' in a checkout of ddconf"
        raise DdconfError(Diagnostic("notes need further packages", hint=hint)) from None
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")

    def link(self: object, tokens: list, index: int, options: object, env: dict) -> str:  # type: ignore[type-arg]
        address = _link(str(tokens[index].attrGet("href") or ""), env["app"])
        opening = element("a", href=address, rel="noreferrer")
        return opening.removesuffix("</a>")

    reader.add_render_rule("link_open", link)
    return reader


def _link(address: str, app: str) -> str | None:
    """Paths lead to Datadog's pages, dashboards that are defined here to their preview."""
    here = re.fullmatch(r"/dashboard/(?:\$|%24)(?:\{|%7B)dashboard\.([\w-]+)(?:\}|%7D)", address)
    if here:
        return f"/dashboard/{here[1]}"
    if address.startswith("/") and not address.startswith("//"):
        return f"{app}{address}" if app else None
    return address if address.startswith(("https://", "http://", "mailto:")) else None

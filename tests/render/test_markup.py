"""Elements, and the one law of them: a text is never markup."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.render.markup import Html, element, join
from ddconf.render.page import page


def test_an_element_has_attributes_and_children() -> None:
    made = element(
        "p", "a < b", element("b", 1), None, class_="x", data_y='"', hidden=True, title=None, open=False
    )
    assert made == '<p class="x" data-y="&quot;" hidden>a &lt; b<b>1</b></p>'
    assert element("br") == "<br>"
    assert join("<", Html("<i></i>")) == "&lt;<i></i>"


def test_what_is_no_name_of_an_element_is_refused() -> None:
    with pytest.raises(ValueError, match="no element"):
        element("p onclick=x")


@given(st.text(), st.text())
def test_any_text_is_read_back_as_it_was(inside: str, title: str) -> None:
    found: list[object] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, attrs))

        def handle_data(self, data: str) -> None:
            found.append(data)

    reader = Reader(convert_charrefs=True)
    reader.feed(element("p", inside, title=title))
    reader.close()
    assert found[0] == ("p", [("title", title)])
    assert "".join(str(item) for item in found[1:]) == inside


def test_a_page_allows_no_script_unless_it_names_one() -> None:
    assert "script" not in page("T", Html("")).split("<style>")[0]
    assert "script-src &#x27;self&#x27;" in page("T", Html(""), script="/x.js")
    assert "<title>&lt;T&gt;</title>" in page("<T>", Html(""))

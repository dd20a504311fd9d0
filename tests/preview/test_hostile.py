"""Markup in whatever comes from outside stays text, on every page."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddconf.pipelines.log import Log
from ddconf.preview.dashboard import dashboard
from ddconf.preview.material import Material
from ddconf.preview.site import Site
from ddconf.preview.widgets import registered
from tests.analytics.build import START, query, request
from tests.preview.build import widget
from tests.preview.reading import Element, read

ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></textarea></title><svg onload=alert(1)>",
    "javascript:alert(1)",
    "[x](javascript:alert(1)) ![x](http://evil/x.png) <b onclick=x>b</b>",
    "'\"`=</code></pre>--><!-- ]]>",
    "{{7*7}} ${7*7} %{data}",
]
_WORDS = """document html head meta title style body header main nav section div span p h1 h2 h3 h4 h5 h6 ul
    ol li i b a code pre em strong br hr blockquote table thead tbody tr th td caption svg g path line rect
    text script details summary label textarea small form select option button"""
_ELEMENTS = frozenset(_WORDS.split())


def check(page: str) -> Element:
    """The page; no element or attribute in it can run anything, and every link leads where links may."""
    tree = read(page)
    for item in tree.walk():
        assert item.tag in _ELEMENTS, item.tag
        assert not [name for name in item.attributes if name.startswith("on")], item
        assert "src" not in item.attributes or item.attributes["src"] == "/pipeline.js"
        assert (item.attributes.get("href") or "/").startswith(("/", "https://", "http://", "mailto:")), item
        assert "xlink:href" not in item.attributes
        assert item.tag != "script" or item.text == ""
    return tree


def hostile_dashboard(text: str) -> dict[str, object]:
    found = request(query("sum", "@n", "@a", search={"query": "* $v"}))
    found["formulas"][0]["alias"] = text
    found |= {
        "columns": [{"field": "content"}, {"field": f"@{text}"}],
        "query": {"data_source": "logs_stream", "query_string": "*"},
    }
    types = sorted(registered())
    every = [
        widget(
            type_,
            text,
            requests=[found if type_ != "unknown" else {"q": text}],
            content=text,
            text=text,
            url=text,
            query=text,
            background_color=text,
        )
        for type_ in [*types, "unknown"]
    ]
    return {
        "title": text,
        "description": text,
        "template_variables": [
            {"name": "v", "prefix": "@a", "defaults": [text]},
            {"name": text, "prefix": text},
        ],
        "widgets": [widget("group", text, widgets=every, background_color=text), *every],
    }


def logs(text: str) -> list[Log]:
    return [
        Log(
            message=text,
            attributes={"a": value, "n": 5, text: text},
            status=text,
            host=text,
            timestamp=START + n,
        )
        for n, value in enumerate((text, "b", text))
    ]


@pytest.mark.parametrize("text", ATTACKS)
def test_a_hostile_dashboard_over_hostile_logs_is_text(text: str) -> None:
    for chosen in ({}, {"v": ["*"]}):
        tree = check(
            dashboard(hostile_dashboard(text), logs(text), chosen=chosen, app="https://app", served=True)
        )
        assert tree.all("h1")[0].text == text
        assert text in tree.text
    assert any(text in item.text for item in tree.all("li"))  # the top list was drawn
    assert any(text in cell.text for cell in tree.all("td"))


@settings(max_examples=15, deadline=None)
@given(st.text(min_size=1, max_size=20))
def test_any_text_is_text(text: str) -> None:
    document = {
        "title": text,
        "widgets": [widget("note", text, content=text), widget("free_text", text, text=text)],
    }
    check(dashboard(document, logs(text)))


@pytest.mark.parametrize("text", ATTACKS)
def test_a_hostile_pipeline_over_hostile_logs_is_text(text: str) -> None:
    pipeline = {
        "name": text,
        "description": text,
        "is_enabled": True,
        "filter": {"query": "*"},
        "processors": [
            {"type": "grok-parser", "name": text, "is_enabled": True, "source": "message",
             "grok": {"match_rules": f"# {text}\nrule %{{data:x}}", "support_rules": text}},
            {"type": text, "name": text, "is_enabled": True},
        ],
    }  # fmt: skip
    material = Material({}, {"p": pipeline}, [], logs(text), [], {})
    site = Site(material)
    check(site.get("/").body)
    check(site.get("/pipeline/p").body)
    answer = json.loads(site.post("/pipeline/p", json.dumps({"samples": [text], "edits": []})).body)
    for html in [answer["problems"], *(sample["result"] for sample in answer["samples"])]:
        check(html)
    check(site.get(f"/dashboard/{text}").body)

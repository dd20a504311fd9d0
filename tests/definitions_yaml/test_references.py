"""References: what is one, what is not, and what resolving leaves alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.address import Address
from ddconf.definitions import references
from ddconf.definitions.references import UNRESOLVED, Reference
from ddconf.errors import DdconfError

from .documents import values


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("monitor.cpu_high", Reference("monitor", "cpu_high")),
        (" monitor.cpu ", Reference("monitor", "cpu")),
        ("monitor.cpu.options.thresholds[0].x", Reference("monitor", "cpu", "options.thresholds[0].x")),
        ("monitor.latency[check-out/v1.2]", Reference("monitor", "latency[check-out/v1.2]")),
        ("monitor.latency[a].name", Reference("monitor", "latency[a]", "name")),
        ("monitor.*", Reference("monitor", "*")),
        ("logs_index.2024", Reference("logs_index", "2024")),
        ("secret.API_KEY", Reference("secret", "API_KEY")),
        ("var.env", Reference("var", "env")),
        ("var.teams[0].name", Reference("var", "teams", "[0].name")),
        ("each.value.x.y", Reference("each", "value", "x.y")),
    ],
)
def test_a_reference_is_read(text: str, reference: Reference) -> None:
    assert references.parse(text) == reference
    assert references.parse(str(reference)) == reference


@pytest.mark.parametrize(
    "text",
    [
        "",
        "monitor",
        "monitor.",
        "Monitor.x",
        "monitor.CPU",
        "secret.A.b",
        "a b.c",
        "monitor.x.",
        ".x",
        "var.",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="is not a reference"):
        references.parse(text)


def test_datadogs_own_template_text_is_no_reference() -> None:
    texts = [
        "{{host.name}}",
        "$env",
        '%{date("ISO8601"):d}',
        "$",
        "%{}",
        "{a}",
        "$ {x.y}",
        "^\\d+$",
        "#{x}",
        "$(x)",
    ]
    document = {"texts": texts}
    assert list(references.find(document)) == []
    assert references.resolve(document, lambda _: pytest.fail("nothing to look up")) is document


def test_references_are_found_with_the_paths_of_their_texts() -> None:
    document = {"a": ["x ${monitor.b} ${secret.S}", {"c": "${monitor.d.name}"}], "e": "$${monitor.f} ${oops"}
    assert list(references.find(document)) == [
        (("a", 0), Reference("monitor", "b")),
        (("a", 0), Reference("secret", "S")),
        (("a", 1, "c"), Reference("monitor", "d", "name")),
    ]
    assert references.needs(document) == (Address("monitor", "b"), Address("monitor", "d"))
    assert references.secret_paths(document) == (("a", 0),)


def resolve(text: str, value: Any) -> Any:
    return references.resolve({"x": text}, lambda _: value)["x"]


@pytest.mark.parametrize("value", [12, 1.5, True, None, ["a"], {"b": 1}, "text"])
def test_alone_a_reference_keeps_its_type(value: object) -> None:
    assert resolve("${monitor.a}", value) == value
    assert type(resolve("${monitor.a}", value)) is type(value)


@pytest.mark.parametrize(
    ("value", "text"), [(12, "id:12!"), (True, "id:true!"), ("${x}", "id:${x}!"), (1.5, "id:1.5!")]
)
def test_inside_a_text_it_becomes_text(value: object, text: str) -> None:
    assert resolve("id:${monitor.a}!", value) == text


@pytest.mark.parametrize("value", [None, ["a"], {}])
def test_what_has_no_text_cannot_stand_inside_one(value: object) -> None:
    with pytest.raises(DdconfError, match="cannot stand inside a longer text"):
        resolve("id:${monitor.a}", value)


def test_two_dollars_are_a_literal() -> None:
    assert resolve("$${monitor.a} $$${b} ${monitor.a}", "V") == "${monitor.a} $${b} V"


def test_a_text_with_an_unknown_value_stays_whole() -> None:
    document = {"x": "$${y} ${monitor.a} ${monitor.b}", "z": "$${y} ${monitor.b}"}
    resolved = references.resolve(document, lambda found: UNRESOLVED if found.name == "a" else "B")
    assert resolved == {"x": document["x"], "z": "${y} B"}


def test_a_value_that_looks_like_a_reference_is_not_resolved_again() -> None:
    assert resolve("${monitor.a} ${monitor.a}", "${secret.S}") == "${secret.S} ${secret.S}"


@given(values)
def test_law_escape_is_undone_by_resolve(value: object) -> None:
    document = {"x": value}
    assert references.resolve(references.escape(document), lambda _: pytest.fail("escaped")) == document
    assert list(references.find(references.escape(document))) == []


@given(st.dictionaries(st.text(), values))
def test_law_resolving_does_not_change_its_argument(document: dict[str, Any]) -> None:
    before = repr(document)
    references.resolve(references.escape(document), lambda _: 1)
    assert repr(document) == before

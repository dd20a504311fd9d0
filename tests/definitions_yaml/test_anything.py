"""Whatever a file holds, loading it gives definitions or mistakes with places, never another error."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddconf.definitions import references
from ddconf.definitions.draw_diagnostic import draw
from ddconf.definitions.settings import KEYS, read
from ddconf.errors import DdconfError

from .documents import values
from .folder import load_files

REFERENCES = (
    "${monitor.a} ${monitor.b[k]} ${monitor.*} ${dashboard.d.title} ${logs_index_order.x} $${x} ${var.v} "
    "${var.list} ${var.list[0]} x${var.list} ${each.key} ${each.value.x} ${secret.S} ${monitor.b[each.key]} "
    "${ ${} ${a-b} ${monitor.} ${var.} a} monitor.a monitor.*"
)
NAMES = st.sampled_from(["a", "b", "A b"])
words = st.sampled_from(REFERENCES.split(" "))
inner = st.dictionaries(st.sampled_from(["k", "id", "ignore", "from"]), words)
bodies = st.dictionaries(
    st.sampled_from(["ddconf", "for_each", "name", "tags", "x"]),
    words | st.lists(words, max_size=3) | inner | values,
    max_size=4,
)
files = st.dictionaries(
    st.sampled_from(["monitor", "dashboard", "logs_index_order", "moved", "removed", "monitr"]),
    st.dictionaries(NAMES, bodies | values, max_size=3) | st.lists(words) | values,
    max_size=3,
)


@given(files)
@settings(max_examples=300, deadline=None)
def test_law_any_file_is_loaded_or_refused_with_places(
    tmp_path_factory: pytest.TempPathFactory, value: Any
) -> None:
    folder = tmp_path_factory.mktemp("any")
    settings_text = "variables: {v: '${x}', list: [1, {a: b}]}"
    try:
        found = load_files(folder, {"a.json": json.dumps(value), "ddconf.yaml": settings_text})
    except DdconfError as error:
        assert error.diagnostics
        for diagnostic in error.diagnostics:
            assert diagnostic.source is not None
            assert draw(diagnostic).startswith(("error: ", "warning: "))
    else:
        for definition in found.items.values():
            references.resolve(definition.document, lambda _: "answer")
            assert {reference.kind for _, reference in references.find(definition.document)}.isdisjoint(
                {"var", "each"}
            )


@given(
    st.dictionaries(st.sampled_from(KEYS), values | st.dictionaries(st.sampled_from(["kinds", "a"]), values))
)
@settings(max_examples=150, deadline=None)
def test_law_any_settings_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, value: dict[str, Any]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / "ddconf.yaml").write_text(json.dumps(value))
    try:
        assert read(folder).root == folder
    except DdconfError as error:
        assert error.diagnostics

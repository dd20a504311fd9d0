"""Definitions of the wrong shape are for `validate` to refuse; lint passes over what it cannot read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.address import Address
from ddconf.document import JSON, Document, copy
from ddconf.document import Path as Steps
from ddconf.lint import lint
from ddconf.lint.facts import Facts
from tests.lint.folder import SOUND, loaded

DOCUMENTS = {address: item.document for address, item in loaded(SOUND)[0].items.items()}


def paths(node: JSON, path: Steps = ()) -> Iterator[Steps]:
    """Every path below a node."""
    for step, item in node.items() if isinstance(node, dict) else enumerate(node):
        yield (*path, step)
        if isinstance(item, dict | list):
            yield from paths(item, (*path, step))


PLACES = [(address, path) for address, document in DOCUMENTS.items() for path in paths(document)]
JUNK = st.sampled_from(
    [None, 0, 1.5, True, "", "x", "@", "$", "@a:(", [], {}, [None], [1], ["x"], {"x": None}]
)


def broken(address: Address, path: Steps, junk: JSON) -> dict[Address, Document]:
    documents = {**DOCUMENTS, address: copy(DOCUMENTS[address])}
    node: JSON = documents[address]
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = junk
    return documents


@given(place=st.sampled_from(PLACES), junk=JUNK)
def test_nothing_in_a_definition_stops_lint(place: tuple[Address, Steps], junk: JSON) -> None:
    for finding in lint(Facts(broken(*place, junk))):
        assert finding.rule
        assert finding.message


@pytest.mark.parametrize("kind", sorted({address.kind for address in DOCUMENTS}))
def test_an_empty_definition_stops_nothing(kind: str) -> None:
    for finding in lint(Facts({Address(kind, "empty"): {}})):
        assert finding.place.address.kind == kind

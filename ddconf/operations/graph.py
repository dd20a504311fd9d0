"""Which definition refers to which, as a graph in the DOT language."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ddconf.address import Address
from ddconf.definitions import references

if TYPE_CHECKING:
    from ddconf.definitions.load import Definitions

Edges = Mapping[Address, Sequence[Address]]


def edges(definitions: Definitions) -> Edges:
    """Each definition's address, with those that it refers to."""
    return {address: references.needs(item.document) for address, item in sorted(definitions.items.items())}


def as_dot(graph: Edges) -> str:
    """The graph with a box for each definition, those of a kind together. https://graphviz.org/doc/info/lang.html"""
    return "\n".join(["digraph ddconf {", *_lines(graph), "}", ""])


def _lines(graph: Edges) -> Iterator[str]:
    kinds: dict[str, list[Address]] = defaultdict(list)
    for address in graph:
        kinds[address.kind].append(address)
    yield "  rankdir = LR;"
    yield "  node [shape = box];"
    for kind, addresses in kinds.items():
        yield f"  subgraph {json.dumps(f'cluster_{kind}')} {{"
        yield f"    label = {json.dumps(kind)};"
        yield from (f"    {_node(address)} [label = {json.dumps(address.name)}];" for address in addresses)
        yield "  }"
    for address, others in graph.items():
        yield from (f"  {_node(address)} -> {_node(other)};" for other in others)


def _node(address: Address) -> str:
    return json.dumps(str(address))

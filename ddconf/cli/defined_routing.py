"""The configuration of definitions that decides where logs go, as routing takes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ddconf.definitions import references
from ddconf.document import Document
from ddconf.living.routing.configuration import Configuration
from ddconf.operations.pipeline_tests.defined_pipelines import pipelines_of, ready

if TYPE_CHECKING:
    from ddconf.definitions.load import Definitions

_MAIN: Document = {"name": "main", "filter": {"query": ""}}


def defined_configuration(definitions: Definitions) -> Configuration:
    """Pipelines, indexes and archives in their order; without an index `main` it stands at the end.

    Objects that are not defined here, such as integration pipelines, are not among them.
    """
    indexes = list(_documents(definitions, "logs_index", "logs_index_order"))
    if not any(index.get("name") == "main" for index in indexes):
        indexes.append(_MAIN)
    return Configuration(
        pipelines=tuple(pipelines_of(definitions).values()),
        scanner_groups=tuple(_scanner_groups(definitions)),
        indexes=tuple(indexes),
        metrics=tuple(_documents(definitions, "logs_metric")),
        archives=tuple(_documents(definitions, "logs_archive", "logs_archive_order")),
        destinations=tuple(_documents(definitions, "logs_custom_destination")),
    )


def _documents(definitions: Definitions, kind: str, order: str = "") -> Iterator[Document]:
    """With the address's name as their id where they bring none; those that an order names first."""
    found = {item.address: item for item in definitions.items.values() if item.address.kind == kind}
    named = [
        address
        for item in definitions.items.values()
        if item.address.kind == order
        for address in references.needs(item.document)
    ]
    for address in dict.fromkeys([*named, *found]):
        if address in found:
            yield {"id": address.name, **ready(found[address])}


def _scanner_groups(definitions: Definitions) -> Iterator[Document]:
    rules = [
        item for item in definitions.items.values() if item.address.kind == "sensitive_data_scanner_rule"
    ]
    for item in definitions.items.values():
        if item.address.kind == "sensitive_data_scanner_group":
            mine = [rule for rule in rules if item.address in references.needs(rule.document)]
            yield {**ready(item), "rules": [ready(rule) for rule in mine]}

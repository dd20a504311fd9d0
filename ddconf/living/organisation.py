"""The organisation's configuration as routing needs it, read from the emulator's store."""

from __future__ import annotations

from collections.abc import Iterable

from ddconf.document import Document
from ddconf.emulator.orders import arranged, order_of
from ddconf.emulator.store import Store
from ddconf.living.routing.configuration import Configuration


def read_configuration(store: Store) -> Configuration:
    """What is configured at this moment, in the organisation's order."""
    return Configuration(
        _in_order(store, "logs_pipeline"),
        tuple(_scanner_groups(store)),
        _in_order(store, "logs_index", key="name"),
        tuple(map(_flat, store.all("logs_metric"))),
        tuple(map(_flat, _in_order(store, "logs_archive"))),
        tuple(map(_flat, store.all("logs_custom_destination"))),
    )


def _in_order(store: Store, collection: str, key: str = "id") -> tuple[Document, ...]:
    return tuple(arranged(store.all(collection), order_of(store, collection), key))


def _flat(document: Document) -> Document:
    return {"id": document["id"], **document["attributes"]}


def _scanner_groups(store: Store) -> Iterable[Document]:
    rules = store.all("sensitive_data_scanner_rule")
    for group in _in_order(store, "sensitive_data_scanner_group"):
        mine = [_flat(rule) for rule in rules if _group_of(rule) == group["id"]]
        yield {**_flat(group), "rules": mine}


def _group_of(rule: Document) -> str:
    return str(rule.get("relationships", {}).get("group", {}).get("data", {}).get("id"))

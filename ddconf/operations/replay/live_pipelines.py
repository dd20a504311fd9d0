"""The pipelines that are live, as the state remembers them, in the order in which logs meet them."""

from __future__ import annotations

from ddconf.document import Document
from ddconf.operations.pipeline_tests.defined_pipelines import KIND, ORDER
from ddconf.state.model import Entry, State


def live_pipelines(state: State) -> tuple[Document, ...]:
    """Those of the order first, then the others by address."""
    owned = [entry for address, entry in sorted(state.entries.items()) if address.kind == KIND]
    by_id = {entry.id: entry for entry in owned}
    order = [
        by_id[id_]
        for address, entry in state.entries.items()
        if address.kind == ORDER
        for id_ in _live(entry).get("pipeline_ids", [])
        if id_ in by_id
    ]
    rest = [entry for entry in owned if entry not in order]
    return tuple(_live(entry) for entry in [*order, *rest])


def _live(entry: Entry) -> Document:
    return {**entry.applied, **entry.observed}

"""Orders kept beside a collection: what was said last, then everything newer at the end."""

from __future__ import annotations

from ddconf.emulator.store import Store
from ddconf.emulator.wire import Document


def order_of(store: Store, collection: str) -> list[str]:
    """The ids of a collection in its order: deleted ones vanish, new ones come last."""
    present = store.ids(collection)
    said = [id for id in store.fact(f"order/{collection}", []) if id in set(present)]
    return said + [id for id in present if id not in set(said)]


def arranged(documents: list[Document], ids: list[str], key: str = "id") -> list[Document]:
    place = {id: index for index, id in enumerate(ids)}
    return sorted(documents, key=lambda document: place[str(document[key])])

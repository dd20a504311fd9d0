"""The order of keys in exported definitions: what something is called and does first, samples last."""

from __future__ import annotations

from collections.abc import Iterable

from ddconf.document import JSON, Document

_FIRST = (
    "name",
    "title",
    "type",
    "layout_type",
    "is_enabled",
    "enabled",
    "filter",
    "query",
    "message",
    "description",
)
_LAST = ("options", "tags", "layout", "match_rules", "support_rules", "samples")
_RANKS = {
    **{key: number - len(_FIRST) for number, key in enumerate(_FIRST)},
    **{key: number + 1 for number, key in enumerate(_LAST)},
}


def in_order(value: JSON) -> JSON:
    """The value with the keys of every mapping in order; the other keys stay as they are."""
    if isinstance(value, dict):
        return mapping_in_order(value)
    return [in_order(item) for item in value] if isinstance(value, list) else value


def mapping_in_order(document: Document) -> Document:
    """As `in_order`, for a mapping."""
    items: Iterable[tuple[str, JSON]] = document.items()
    if not _RANKS.keys().isdisjoint(document):
        items = sorted(items, key=lambda item: _RANKS.get(item[0], 0))
    return {key: in_order(item) if isinstance(item, dict | list) else item for key, item in items}

"""Reading of documents that may have any shape, since `validate` and not lint refuses the wrong ones."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.document import JSON, Document


def items(value: JSON) -> list[JSON]:
    """A list; empty for what is none."""
    return value if isinstance(value, list) else []


def mappings(value: JSON) -> Iterator[tuple[int, Document]]:
    """The mappings of a list, each with its index."""
    return ((index, item) for index, item in enumerate(items(value)) if isinstance(item, dict))

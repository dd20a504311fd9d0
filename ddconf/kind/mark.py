"""The mark of an owner: a tag `ddconf:0123456789ab` on a live object, which no document of ours ever holds.

Its digits are a digest of the state's lineage, since the lineage itself is the key that hides secrets.
"""

from __future__ import annotations

import hashlib
import re

from ddconf.document import JSON, Document, Packed

_MARK = re.compile(r"ddconf:[0-9a-f]{12}")


def mark_of(lineage: str) -> str:
    """The mark of the state of this lineage."""
    return f"ddconf:{hashlib.sha256(lineage.encode()).hexdigest()[:12]}"


def marks_in(document: Document) -> tuple[str, ...]:
    """The marks on an object as Datadog shows it."""
    tags = document.get("tags")
    return tuple(tag for tag in tags if is_mark(tag)) if isinstance(tags, list) else ()


def may_hold_marks(packed: Packed) -> bool:
    """False only where no mark stands in a packed document; much quicker than to unpack it."""
    return b"ddconf:" in bytes(packed)


def without_marks(document: Document) -> Document:
    """The document less its marks; the same one where it has none."""
    if not marks_in(document):
        return document
    return document | {"tags": [tag for tag in document["tags"] if not is_mark(tag)]}


def with_mark(document: Document, mark: str) -> Document:
    """The document as it is sent, with this mark and no other; as it is where its tags are no list."""
    document = without_marks(document)
    tags = document.get("tags") or []
    return document | {"tags": [*tags, mark]} if mark and isinstance(tags, list) else document


def is_mark(tag: JSON) -> bool:
    """Whether a tag is the mark of some state."""
    return isinstance(tag, str) and _MARK.fullmatch(tag) is not None

"""What earlier plans found to need nothing, by a fingerprint of everything that was looked at.

A fingerprint covers whole contents, so whatever differs, it is another one, and the full comparison decides.
"""

from __future__ import annotations

import marshal
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256

from ddconf.cache.store import Cache
from ddconf.document import JSON, Document, Packed, packed_digest
from ddconf.kind import Kind
from ddconf.plans.matching import Match

_AS_IT_IS = 2
"""A version of marshal whose bytes follow from the values alone."""


@dataclass(frozen=True, slots=True)
class UnchangedFingerprints:
    """`previous` comes from earlier plans, `current` is what this one found."""

    previous: Container[bytes] = ()
    current: set[bytes] = field(default_factory=set)


@contextmanager
def remembered_comparisons(
    file: str | None, previous: Container[bytes] | None = None
) -> Iterator[UnchangedFingerprints]:
    """The fingerprints that `file` keeps, or other `previous` ones; what is found with them is kept too."""
    kept = Cache(file)
    unchanged = UnchangedFingerprints(kept if previous is None else previous)
    yield unchanged
    for found in unchanged.current:
        if kept.get(found) is None:
            kept.put(found, b"")
    kept.save()


def fingerprint(
    match: Match, kind: Kind, lineage: str, values: list[tuple[str, JSON]] | None
) -> bytes | None:
    """Of all that `decide` looks at; None where something is missing, so it must look.

    `values` are those of the definition's references, None where one is secret or not known yet.
    """
    definition, entry, live = match.definition, match.entry, match.live
    if definition is None or entry is None or not entry.line or live is None or values is None:
        return None
    options = definition.options
    about = (
        lineage,
        str(match.address),
        str(match.moved_from),
        kind.api is None,
        live.id,
        (options.id, options.protect, options.ignore),
        values,
        _traced(definition.content),
        _traced(live.content),
        len(entry.line),
    )
    digest = sha256(entry.line)
    digest.update(marshal.dumps(about, _AS_IT_IS))
    return digest.digest()


def _traced(content: Document | Packed) -> Document | bytes:
    """The content, or what stands for it without looking at it again."""
    return content if isinstance(content, dict) else packed_digest(content)

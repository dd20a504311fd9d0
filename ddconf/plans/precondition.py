"""Whether an object is still what the plan saw; asked right before it is changed."""

from __future__ import annotations

from ddconf.document import Document, canonical, get, parse_path, put, remove
from ddconf.kind import Kind
from ddconf.plans.change import Change
from ddconf.plans.comparison import NormalizationContext, digests, only, secret_places
from ddconf.plans.computed import drop_computed


def view_of(kind: Kind, change: Change, key: bytes) -> NormalizationContext:
    """How the plan read the documents of this change."""
    hidden = (*secret_places(kind, change.desired or {}), *digests(change.before or {}))
    return NormalizationContext(kind, change.ignore, hidden, key)


def is_as_planned(kind: Kind, change: Change, live: Document, key: bytes) -> bool:
    """Whether the live document equals the change's `before` in all that is compared.

    Items that others add to a list which is partly theirs do not count.
    """
    before = change.before or {}
    now = view_of(kind, change, key).normalize(live)
    drop_computed(kind, now, before)
    for path in map(parse_path, kind.shared_lists):
        ours = only(get(now, path), get(before, path))
        put(now, path, ours) if ours else remove(now, path)
    return canonical(now) == canonical(before)

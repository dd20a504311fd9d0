"""A definition held against its live object: both normalized, and what must change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ddconf.definitions import references
from ddconf.document import JSON, Document, Path, canonical, get, parse_path, put, remove
from ddconf.kind import Kind
from ddconf.plans.change import FieldChange
from ddconf.plans.computed import drop_computed
from ddconf.plans.normalize import DIGEST_START, is_digest, normalize
from ddconf.plans.rules import compile_rules
from ddconf.plans.three_way import field_changes, same, surely_same
from ddconf.state.model import Entry


@dataclass(frozen=True, slots=True)
class NormalizationContext:
    """How documents of one object are read: its kind, what is ignored, where secrets stand and their key."""

    kind: Kind
    ignore: tuple[str, ...] = ()
    secret_paths: tuple[Path, ...] = ()
    key: bytes = b""

    def normalize(self, document: Document) -> Document:
        return normalize(
            self.kind, document, ignore=self.ignore, secret_paths=self.secret_paths, key=self.key
        )


def is_unchanged(view: NormalizationContext, desired: Document, live: Document) -> bool:
    """The quick answer for most objects, on documents as they are; False means to look closer."""
    desired, live = view.kind.canonical_form(desired), view.kind.canonical_form(live)
    return surely_same(desired, live, compile_rules(view.kind, view.ignore, view.secret_paths))


def compare(
    view: NormalizationContext, desired: Document, live: Document, entry: Entry | None
) -> tuple[Document, tuple[FieldChange, ...]]:
    """The live document as the plan sees it, and the fields that must change in it."""
    if entry is None:
        seen = normalized_live(view, desired, live)
        return seen, field_changes(view.normalize(desired), seen, None, None)
    # What was a secret when it was applied is hidden, even if the definition no longer says so.
    view = replace(view, secret_paths=(*view.secret_paths, *_hidden(entry)))
    wanted, seen = view.normalize(desired), view.normalize(live)
    applied, observed = view.normalize(entry.applied), view.normalize(entry.observed)
    for document in (seen, observed):
        drop_computed(view.kind, document, wanted)
    for path in map(parse_path, view.kind.shared_lists):
        ours, were, shown = get(wanted, path), get(applied, path), get(seen, path)
        now = only(shown, [*list_of(ours), *list_of(were)] if is_set(view.kind, path) else ours)
        if same(only(shown, were), only(get(observed, path), were)):
            put_or_remove(observed, path, now)
        put_or_remove(seen, path, now)
    return seen, field_changes(wanted, seen, applied, observed)


def normalized_live(view: NormalizationContext, desired: Document, live: Document) -> Document:
    """The live document normalized, without computed values that the definition does not name.

    Of lists that others add to, only the items that we define.
    """
    seen = view.normalize(live)
    if view.kind.shared_lists or view.kind.computed:
        wanted = view.normalize(desired)
        drop_computed(view.kind, seen, wanted)
        for path in map(parse_path, view.kind.shared_lists):
            put_or_remove(seen, path, only(get(seen, path), get(wanted, path)))
    return seen


def only(items: JSON, ours: JSON) -> JSON:
    """Of a list that others add to, the items that are ours, in the order they have there."""
    wanted = {canonical(item) for item in list_of(ours)}
    return [item for item in list_of(items) if canonical(item) in wanted] or None


def list_of(value: JSON) -> list[JSON]:
    """The items of a list; none of anything else that stands in its place."""
    return value if isinstance(value, list) else []


def is_set(kind: Kind, path: Path) -> bool:
    """Whether the order of the list means nothing."""
    return path in map(parse_path, kind.unordered)


def put_or_remove(document: Document, path: Path, value: JSON) -> None:
    """Set the value at a path; None is nothing there."""
    if value is None:
        remove(document, path)
    else:
        put(document, path, value)


def secret_places(kind: Kind, desired: Document) -> tuple[Path, ...]:
    """Where a definition holds secrets, as it is written and in its kind's spelling, which may copy them."""
    found = references.secret_paths(desired)
    return (*found, *references.secret_paths(kind.canonical_form(desired))) if found else found


def _hidden(entry: Entry) -> tuple[Path, ...]:
    """Where an entry hides secrets; most have none, which their text tells."""
    return () if entry.line and DIGEST_START not in entry.line else digests(entry.applied)


def digests(document: JSON) -> tuple[Path, ...]:
    """Where a normalized document hides secrets, so that the same places are hidden elsewhere."""
    return tuple(_digests(document, ()))


def _digests(value: JSON, path: Path) -> Iterator[Path]:
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _digests(item, (*path, key))
    elif is_digest(value):
        yield path


def as_recorded(view: NormalizationContext, desired: Document, live: Document) -> tuple[Document, Document]:
    """What an entry keeps after an apply: the definition as applied, and how the server shows it."""
    return view.normalize(desired), normalized_live(view, desired, live)

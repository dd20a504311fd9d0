"""What users may rely on, of every kind whose writes are recorded: each law is tested on all of them.

What Datadog really stored otherwise (`tests/conformance/data/comparing_exceptions.json`) breaks no law.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from ddconf.document import Document, copy, drop, format_path, get, parse_path
from ddconf.document import Path as DocumentPath
from ddconf.kind import Kind, find_kind, kind_names
from ddconf.operations.export.as_definition import present
from ddconf.plans.adoption import natural_key
from ddconf.plans.change import FieldChange
from ddconf.plans.comparison import NormalizationContext, as_recorded, compare
from ddconf.plans.decision import is_silence
from ddconf.state.model import Entry
from tests.conformance._recordings import Write, read_tests, writes_in
from tests.conformance.comparing import differing, exception, is_whole, normalized

WRITTEN = [
    name
    for name in kind_names()
    if (kind := find_kind(name)).api and not (kind.manual or kind.api.system_owned)
]


@cache
def creates(corpus: Path) -> dict[str, list[tuple[Write, Document]]]:
    """By kind, the recorded creates with what Datadog showed of the object first."""
    found: dict[str, list[tuple[Write, Document]]] = defaultdict(list)
    for test in read_tests(corpus / "recorded"):
        for write in writes_in(test):
            shown = next((one for one in (*write.reads, write.answer) if _tells(write.kind, one)), None)
            if write.verb == "create" and shown is not None:
                found[write.kind.name].append((write, shown))
    return found


def _tells(kind: Kind, shown: Document | None) -> bool:
    return shown is not None and is_whole(kind, shown)


def of(corpus: Path, name: str) -> list[tuple[Write, Document]]:
    found = creates(corpus).get(name, [])
    if not found:
        pytest.skip(f"no recorded create of a {name}")
    return found


@pytest.mark.parametrize("name", WRITTEN)
def test_adoption_without_a_state_proposes_nothing(name: str, corpus: Path) -> None:
    wrong = {
        str(change.path): (change.before, change.after)
        for write, shown in of(corpus, name)
        for change in proposed(write, shown)
    }
    assert wrong == {}


def proposed(write: Write, shown: Document) -> Iterator[FieldChange]:
    """The differences of an adoption, but for secrets, which no answer tells."""
    kind = write.kind
    wanted, live = without_secrets(kind, linked_as(write.wanted, shown)), without_secrets(kind, shown)
    _, changes = compare(NormalizationContext(kind), wanted, live, None)
    known = excepted(kind, normalized(kind, wanted), normalized(kind, live))
    for change in changes:
        if not is_silence(kind, change) and not any(
            path[: len(change.path)] == change.path for path in known
        ):
            yield change


def excepted(kind: Kind, wanted: Document, shown: Document) -> list[DocumentPath]:
    """Where two documents may differ."""
    return [parse_path(path) for path in differing(wanted, shown) if exception(kind, path, wanted, shown)]


def without_secrets(kind: Kind, document: Document) -> Document:
    found: Document = copy(document)
    for secret in kind.secrets:
        drop(found, parse_path(secret))
    return found


def linked_as(wanted: Document, shown: Document) -> Document:
    """What was sent, less the fields that an answer links to since nobody asked to include them."""
    links = shown.get("relationships") or {}
    return {key: value for key, value in wanted.items() if key in shown or key not in links}


@pytest.mark.parametrize("name", WRITTEN)
def test_after_an_apply_the_plan_is_empty(name: str, corpus: Path) -> None:
    for write, shown in of(corpus, name):
        view = NormalizationContext(write.kind)
        applied, observed = as_recorded(view, write.wanted, shown)
        entry = Entry("it", applied, observed, (), False)
        assert [compare(view, write.wanted, live, entry)[1] for live in write.reads] == [()] * len(
            write.reads
        )


@pytest.mark.parametrize("name", WRITTEN)
def test_an_export_writes_no_field_of_the_servers(name: str, corpus: Path) -> None:
    found = (path for write, shown in of(corpus, name) for path in exported_beyond(write, shown))
    assert set(map(format_path, found)) == set()


def exported_beyond(write: Write, shown: Document) -> Iterator[DocumentPath]:
    """Paths of an export that nobody asked for and no choice of Datadog's explains."""
    kind = write.kind
    exported, wanted = normalized(kind, present(kind, shown, {})), normalized(kind, write.wanted)
    free = [parse_path(path) for path in (kind.id, *kind.key, *kind.computed, *kind.shared_lists) if path]
    free += excepted(kind, wanted, exported)
    for path in map(parse_path, differing(wanted, exported)):
        if get(wanted, path) is None and not any(path[: len(one)] == one[: len(path)] for one in free):
            yield path


@pytest.mark.parametrize("name", WRITTEN)
def test_no_second_object_is_made(name: str, corpus: Path) -> None:
    """The definition finds the object by its natural key."""
    kind = find_kind(name)
    for write, shown in of(corpus, name):
        key = natural_key(kind, write.wanted)
        renamed = any(exception(kind, path, {}, {}) for path in kind.key)
        assert key is None or renamed or natural_key(kind, shown) == key

"""Caches that are damaged, came with a checkout or hold what ddconf does not write: they count as empty."""

from __future__ import annotations

import marshal
import os
import shutil
from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ddconf.cache import validate_cache
from ddconf.cache.parse_cache import key_of, parse_text
from ddconf.cache.response_journal import ResponseJournal
from ddconf.cache.store import Cache
from ddconf.cli.group import run
from tests.cache.place import caches_of
from tests.e2e.conftest import Desk

PADDING = "# " + "x" * 30_000 + "\n"
"""Makes a file worth a cache."""
FORGED = b"""
monitor:
  forged: {name: Forged, type: query alert, query: "avg(last_5m):avg:system.cpu.user{*} > 90"}
"""
BOARD = """\
dashboard:
  web: {title: Web, layout_type: ordered, widgets: [{definition: {type: note, content: hello}}]}
"""
MINE = 'monitor: {mine: {name: M, type: metric alert, query: "avg(last_5m):avg:a{*} > 1"}}'


def test_a_committed_parse_of_a_file_makes_no_object(desk: Desk) -> None:
    harmless = desk.write("a.yaml", PADDING + "monitor: {}\n")
    desk.write("b.yaml", MINE)
    forged = Cache(desk.folder / ".ddconf" / "cache" / "definitions")
    forged.put(key_of(harmless.read_bytes(), "a.yaml"), parse_text(FORGED, "a.yaml")[1])
    forged.save()
    desk.done("apply", "--auto-approve")
    assert [monitor["name"] for monitor in desk.api("GET", "/api/v1/monitor")] == ["M"]


@pytest.fixture
def warm(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk with a file of every kind of cache."""
    desk.write("a.yaml", PADDING + BOARD)
    desk.write("b.yaml", MINE)
    desk.done("apply", "--auto-approve")
    desk.done("plan")
    for file in desk.folder.glob("*.yaml"):
        os.utime(file, (1, 1))
    monkeypatch.setattr("ddconf.cache.file_signatures._SETTLED", -(10**12))
    desk.done("plan")
    monkeypatch.chdir(desk.folder)
    monkeypatch.setattr(validate_cache, "_begun", None)
    assert validate() == 0
    journal = ResponseJournal(caches_of(desk.folder, "export"), "acme")
    journal.recall("list", lambda: [1])
    journal.close()
    yield desk


def validate() -> int:
    code = validate_cache.replay(["validate"])
    return run(["validate"]) if code is None else code


KINDS = ("dashboard-", "definitions", "export", "files", "unchanged", "validate")


def test_there_is_a_file_of_each_kind(warm: Desk) -> None:
    """So that a new kind of cache is not left out below."""
    names = sorted(file.name for file in caches_of(warm.folder).iterdir())
    assert len(names) == len(KINDS)
    assert all(name.startswith(kind) for name, kind in zip(names, KINDS, strict=True))


def use(desk: Desk) -> None:
    """Everything that reads caches, with what must come of it."""
    assert validate() == 0
    assert "No changes" in desk.done("plan")
    journal = ResponseJournal(caches_of(desk.folder, "export"), "acme")
    assert journal.recall("list", lambda: [1]) == [1]
    journal.close()


def file_of(desk: Desk, kind: str) -> Path:
    (file,) = (file for file in caches_of(desk.folder).iterdir() if file.name.startswith(kind))
    return file


def as_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file, 0o600)


def as_folder(file: Path) -> None:
    file.unlink()
    (file / "below").mkdir(parents=True)


def as_link(file: Path) -> None:
    shutil.copy(file, file.with_name("copy"))
    file.unlink()
    file.symlink_to("copy")


FORMS: dict[str, Callable[[Path], object]] = {
    "empty": lambda file: file.write_bytes(b""),
    "a text": lambda file: file.write_text("nonsense " * 50),
    "zeros": lambda file: file.write_bytes(bytes(5000)),
    "cut off": lambda file: file.write_bytes(file.read_bytes()[:-3]),
    "too long": lambda file: file.write_bytes(file.read_bytes() + b"more"),
    "twice": lambda file: file.write_bytes(file.read_bytes() * 2),
    "a pipe": as_pipe,
    "a folder": as_folder,
    "a link": as_link,
    "a link to nowhere": lambda file: (file.unlink(), file.symlink_to("nowhere")),
    "a link to a device": lambda file: (file.unlink(), file.symlink_to("/dev/zero")),
    "unreadable": lambda file: file.chmod(0),
    "open to all": lambda file: file.chmod(0o666),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_file_of_any_odd_form_counts_as_none(warm: Desk, kind: str, form: Callable[[Path], object]) -> None:
    form(file_of(warm, kind))
    use(warm)
    use(warm)


@pytest.mark.parametrize(("kind", "other"), [*permutations(KINDS, 2)])
def test_a_file_of_another_kind_counts_as_none(warm: Desk, kind: str, other: str) -> None:
    shutil.copy(file_of(warm, other), file_of(warm, kind))
    use(warm)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.binary(max_size=9) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=3) | st.binary(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)
contents = st.binary(max_size=40) | values.map(marshal.dumps)


@pytest.mark.parametrize("kind", ["definitions", "files", "validate"])
def test_law_values_that_ddconf_would_not_write_count_as_none(warm: Desk, kind: str) -> None:
    """Under the right keys in a file whose digest is right, so that only the shape tells."""
    file = file_of(warm, kind)
    before = file.read_bytes()

    @given(contents)
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    def law(value: bytes) -> None:
        file.write_bytes(before)
        cache = Cache(file)
        for key in list(cache._index):
            cache.put(key, value)
        cache.save()
        assert validate() == 0
        warm.done("validate")

    law()


flips = st.lists(st.tuples(st.integers(0, 100_000), st.integers(1, 255)), min_size=1, max_size=4)


@given(kind=st.sampled_from(KINDS), flipped=flips)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_law_bytes_that_differ_anywhere_count_as_none(
    warm: Desk, kind: str, flipped: list[tuple[int, int]]
) -> None:
    file = file_of(warm, kind)
    content = bytearray(file.read_bytes())
    for place, bits in flipped:
        content[place % len(content)] ^= bits
    file.write_bytes(content)
    use(warm)

"""The cache of parsed files: quick, and never of any influence on the result."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddconf.definitions import cache as module
from ddconf.definitions import write, yaml
from ddconf.definitions.cache import Cache
from ddconf.errors import DdconfError

from .documents import values
from .folder import documents, load_files

LONG = b"a: 1\n# " + b"x" * 3000 + b"\nb: [1.5, null, '${x}']\n"


def entries(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*") if path.name != ".gitignore"]


def test_a_file_is_parsed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Cache(tmp_path).parse(LONG, "a.yaml")
    monkeypatch.setattr(yaml, "parse", lambda *_: pytest.fail("parsed again"))
    assert Cache(tmp_path).parse(LONG, "elsewhere.yaml") == first
    assert first.refers and first.documents[0][0] == {"a": 1, "b": [1.5, None, "${x}"]}


def test_json_and_yaml_of_one_content_are_two_entries(tmp_path: Path) -> None:
    text = b'{"a": "\\ud83d\\ude00", "b": "' + b"x" * 3000 + b'"}'
    assert Cache(tmp_path).parse(text, "a.json").documents[0][0]["a"] == "😀"
    with pytest.raises(DdconfError):
        Cache(tmp_path).parse(text, "a.yaml")


def test_a_small_file_is_not_kept(tmp_path: Path) -> None:
    Cache(tmp_path / "cache").parse(b"a: 1", "a.yaml")
    assert not (tmp_path / "cache").exists()


def test_entries_are_for_their_owner_alone(tmp_path: Path) -> None:
    Cache(tmp_path / "cache").parse(LONG, "a.yaml")
    (entry,) = entries(tmp_path / "cache")
    assert entry.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "cache" / ".gitignore").read_text() == "*\n"


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o660])
def test_an_entry_that_others_may_have_written_is_not_believed(tmp_path: Path, mode: int) -> None:
    Cache(tmp_path).parse(LONG, "a.yaml")
    (entry,) = entries(tmp_path)
    forged = module.marshal.dumps([({"forged": True}, b"\0" * 16)])
    entry.write_bytes(module._digest(forged) + forged)
    entry.chmod(mode)
    assert Cache(tmp_path).parse(LONG, "a.yaml").documents[0][0]["a"] == 1


@given(st.binary(max_size=40), st.integers(0, 200), st.booleans())
@settings(max_examples=100, deadline=None)
def test_law_a_damaged_entry_counts_as_absent(
    tmp_path_factory: pytest.TempPathFactory, damage: bytes, at: int, cut: bool
) -> None:
    folder = tmp_path_factory.mktemp("cache")
    expected = Cache(folder).parse(LONG, "a.yaml")
    (entry,) = entries(folder)
    content = entry.read_bytes()
    entry.write_bytes(content[:at] + damage + (b"" if cut else content[at + len(damage) :]))
    assert Cache(folder).parse(LONG, "a.yaml") == expected


def test_another_version_does_not_read_the_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Cache(tmp_path).parse(LONG, "a.yaml")
    monkeypatch.setattr("ddconf.__version__", "99")
    Cache(tmp_path).parse(LONG, "a.yaml")
    assert len(entries(tmp_path)) == 2


def test_a_cache_that_cannot_be_written_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert Cache(tmp_path / "file" / "cache").parse(LONG, "a.yaml").documents[0][0]["a"] == 1


def test_old_entries_that_are_not_used_go(tmp_path: Path) -> None:
    Cache(tmp_path).parse(LONG, "a.yaml")
    (old,) = entries(tmp_path)
    (tmp_path / "another file").write_text("")
    for path in tmp_path.iterdir():
        os.utime(path, (0, 0))
    cache = Cache(tmp_path)
    cache.parse(LONG + b"c: 2", "a.yaml")
    cache.prune()
    assert not old.exists()
    assert len(entries(tmp_path)) == 2


@given(values)
@settings(max_examples=100, deadline=None)
def test_law_a_result_is_the_same_with_and_without(
    tmp_path_factory: pytest.TempPathFactory, value: object
) -> None:
    folder = tmp_path_factory.mktemp("cache")
    content = (write.dump(value) + "\n# " + "x" * 3000).encode()
    plain = yaml.parse(content.decode(), "a.yaml")
    for _ in range(2):
        kept = Cache(folder).parse(content, "a.yaml").documents
        assert repr(kept) == repr(plain)


def test_references_are_found_in_files_of_any_size(tmp_path: Path) -> None:
    padding = "# " + "x" * 3000 + "\n"
    files: dict[str, str | bytes] = {
        "ddconf.yaml": "variables: {v: V}",
        "a.yaml": padding + 'monitor: {a: {name: "x ${var.v}"}, b: {name: "\\x24{var.v}"}}',
        "b.yaml": padding + "monitor: {c: {name: x}}",
    }
    for _ in range(2):
        found = load_files(tmp_path, files)
        assert documents(found) == {
            "monitor.a": {"name": "x V"},
            "monitor.b": {"name": "V"},
            "monitor.c": {"name": "x"},
        }
        assert [definition.refers for definition in found.items.values()] == [True, True, False]

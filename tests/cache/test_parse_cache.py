"""Parsed files, kept or not, here or by another process: always as if parsed anew."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddconf.cache import parse_cache as module
from ddconf.cache.parse_cache import File, ParsedFile, key_of, parse_in_workers
from ddconf.cache.store import Cache
from ddconf.definitions.load import Definitions
from ddconf.definitions.yaml import reader, write
from ddconf.document import JSON, unpack
from ddconf.errors import DdconfError
from tests.cache.place import caches_of
from tests.definitions_yaml.documents import values
from tests.definitions_yaml.folder import documents, load_files

PADDING = "# " + "x" * 30_000 + "\n"
"""Makes a folder worth a cache."""


def file_of(folder: Path, name: str, content: bytes) -> File:
    (folder / name).write_bytes(content)
    return File(str(folder / name), name, key_of(content, name), len(content))


def parse(folder: Path, content: bytes, name: str, cache: Cache) -> ParsedFile:
    return module.parse(file_of(folder, name, content), cache)


def places(found: Definitions) -> dict[str, dict[str, str]]:
    return {
        str(address): {str(path): str(source) for path, source in definition.positions.items()}
        for address, definition in found.items.items()
    }


def test_a_file_is_parsed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"monitor: {a: {name: x}}\n"
    cache = Cache(tmp_path / "cache")
    first = parse(tmp_path, content, "a.yaml", cache)
    cache.save()
    monkeypatch.setattr(reader, "parse", lambda *_: pytest.fail("parsed again"))
    assert parse(tmp_path, content, "elsewhere.yaml", Cache(tmp_path / "cache")) == first


def test_a_file_that_changes_while_it_is_loaded_is_kept_as_what_it_is(tmp_path: Path) -> None:
    cache = Cache(None)
    file = file_of(tmp_path, "a.yaml", b"a: 1")
    (tmp_path / "a.yaml").write_bytes(b"a: 2")
    assert module.parse(file, cache).documents[0][0] == {"a": 2}
    assert file.key not in cache
    assert key_of(b"a: 2", "a.yaml") in cache


def test_json_and_yaml_of_one_content_are_two_files(tmp_path: Path) -> None:
    cache, text = Cache(None), b'{"a": "\\ud83d\\ude00"}'
    assert parse(tmp_path, text, "a.json", cache).documents[0][0] == {"a": "😀"}
    with pytest.raises(DdconfError):
        parse(tmp_path, text, "a.yaml", cache)


def test_only_plain_definitions_are_packed(tmp_path: Path) -> None:
    text = b"""
        monitor: {plain: {name: x}, refers: {name: "${var.x}"}, options: {ddconf: {}}, many: {for_each: []}}
        removed: [monitor.x]
        else: {plain: {name: x}}
    """
    ((value, _),) = parse(tmp_path, text, "a.yaml", Cache(None)).documents
    assert [name for name, body in value["monitor"].items() if isinstance(body, tuple)] == ["plain"]
    assert value["removed"] == ["monitor.x"]
    assert value["else"] == {"plain": {"name": "x"}}


bodies = st.dictionaries(st.sampled_from(["name", "b", "ddconf", "for_each"]), values, max_size=3)
sections = st.dictionaries(
    st.sampled_from(["monitor", "dashboard"]), st.dictionaries(st.sampled_from("pqr"), bodies, max_size=3)
)


@given(sections)
@settings(max_examples=100, deadline=None)
def test_law_packing_loses_no_value_and_no_place(
    tmp_path_factory: pytest.TempPathFactory, value: JSON
) -> None:
    text = write.dump(value)
    ((_, positions),) = reader.load(text, "a.yaml")
    folder = tmp_path_factory.mktemp("law")
    parsed = parse(folder, text.encode(), "a.yaml", Cache(None))
    if parsed.rows:
        assert_rows(parsed, positions)
        return
    ((packed, marks),) = parsed.documents
    seen = reader.Positions("a.yaml", packed, memoryview(marks).cast("Q"))
    assert seen[()] == positions[()]
    for (section, _, below), (_, _, expected) in zip(seen.below(), positions.below(), strict=True):
        assert below[()] == expected[()]
        for (name, body, inside), (_, plain, there) in zip(below.below(), expected.below(), strict=True):
            assert (unpack(body) if isinstance(body, bytes) else body) == plain
            assert dict(inside) == dict(there), (section, name)


def assert_rows(parsed: ParsedFile, positions: reader.Positions) -> None:
    """Each row is one of the definitions of a document, with its places."""
    expected = [
        (section, name, body, dict(inside))
        for section, _, below in positions.below()
        for name, body, inside in below.below()
    ]
    seen = [
        (kind, name, unpack(parsed.content[start:middle]), parsed.content[middle:end].cast("Q"))
        for kind, name, start, middle, end in parsed.rows
    ]
    assert [
        (kind, name, body, dict(reader.Positions("a.yaml", body, marks))) for kind, name, body, marks in seen
    ] == expected


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("monitor: {a: {name: x}, b: {}}\n---\ndashboard: {c: {d: [1]}}", ["a", "b", "c"]),
        ("monitor: {a: {name: x}, B: {name: x}}", []),
        ("monitor: {a: {name: x}, 'b[c]': {name: x}}", []),
        ("monitor: {a: {name: x}}\nremoved: [monitor.b]", []),
        ("monitor: {a: {name: x}}\nmonitr: {b: {name: x}}", []),
        ("monitor: {a: {name: x}, b: {name: '${var.x}'}}", []),
        ("monitor: {a: {name: x}, b: {ddconf: {protect: true}}}", []),
        ("monitor: {a: {name: x}, b: 1}", []),
        ("monitor: {a: {name: x}}\n---\n", []),
        ("monitor: {}", []),
        ("{}", []),
    ],
)
def test_a_file_of_plain_definitions_alone_has_rows(tmp_path: Path, text: str, rows: list[str]) -> None:
    parsed = parse(tmp_path, text.encode(), "a.yaml", Cache(None))
    assert [name for _, name, *_ in parsed.rows] == rows
    assert bool(parsed.documents) is not bool(rows)


def test_a_cache_changes_neither_documents_nor_places(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "ddconf.yaml": "variables: {v: V}",
        "a.yaml": PADDING
        + 'monitor: {a: {name: "x ${var.v}"}, b: {name: "\\x24{var.v}"}, d: {name: [1, {e: 2}]}}',
        "b.yaml": PADDING + "monitor: {c: {name: x}}\n---\ndashboard: {e: {title: {f: 1}}}",
    }
    first = load_files(tmp_path, files)
    assert caches_of(tmp_path, "definitions").exists()
    second = load_files(tmp_path, files)
    assert documents(first) == documents(second)
    assert documents(first)["monitor.a"] == {"name": "x V"}
    assert documents(first)["monitor.b"] == {"name": "V"}
    assert places(first) == places(second)
    assert {str(address) for address, item in second.items.items() if item.refers} == set()


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    assert documents(load_files(tmp_path, {"a.yaml": PADDING + "monitor: {a: {name: x}}"}))
    changed = load_files(tmp_path, {"a.yaml": PADDING + "monitor: {a: {name: y}}"})
    assert documents(changed) == {"monitor.a": {"name": "y"}}


@pytest.mark.parametrize(
    ("text", "says"), [("# nothing\n", "warning"), (" \n", "error"), ("null\n", "warning")]
)
def test_a_file_without_definitions_is_told_every_time(tmp_path: Path, text: str, says: str) -> None:
    files = {"a.yaml": PADDING + "monitor: {a: {name: x}}", "blank.yaml": text}
    for _ in range(2):
        try:
            found = list(load_files(tmp_path, files).warnings)
        except DdconfError as error:
            found = list(error.diagnostics)
        assert [(item.message, item.severity) for item in found] == [("the file holds no definition", says)]


def test_a_small_folder_is_not_worth_a_cache(tmp_path: Path) -> None:
    load_files(tmp_path, {"a.yaml": "monitor: {a: {name: x}}"})
    assert not caches_of(tmp_path, "definitions").exists()


def test_other_processes_parse_what_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_WORTH_A_PROCESS", 0)
    monkeypatch.setattr(module, "_SLICE", 60)
    texts = {f"{number}.yaml": b"monitor: {a: {name: %d}}\n" % number for number in range(5)}
    texts["broken.yaml"] = b"a: [\n"
    files = {name: file_of(tmp_path, name, text) for name, text in texts.items()}
    cache = Cache(None)
    cache.put(files["0.yaml"].key, b"known")
    parse_in_workers(files.values(), cache)
    assert cache.get(files["0.yaml"].key) == b"known"
    assert files["broken.yaml"].key not in cache
    monkeypatch.setattr(reader, "parse", lambda *_: pytest.fail("parsed here"))
    for number in range(1, 5):
        parsed = module.parse(files[f"{number}.yaml"], cache)
        ((_, _, start, end, _),) = parsed.rows
        assert unpack(parsed.content[start:end]) == {"name": number}


@pytest.mark.parametrize("executable", ["", "/no/python", "/bin/false", "/bin/echo"])
def test_without_other_processes_the_files_are_parsed_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, executable: str
) -> None:
    monkeypatch.setattr(module, "_WORTH_A_PROCESS", 0)
    monkeypatch.setattr(sys, "executable", executable)
    assert documents(load_files(tmp_path, {"a.yaml": "monitor: {a: {name: x}}"})) == {
        "monitor.a": {"name": "x"}
    }

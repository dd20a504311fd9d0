"""Parsed files, kept or not, here or by another process: always as if parsed anew."""

from __future__ import annotations

import marshal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddconf.cache import Cache
from ddconf.definitions import parsed as module
from ddconf.definitions import write, yaml
from ddconf.definitions.load import Definitions
from ddconf.definitions.parsed import key_of, parse, parse_apart
from ddconf.document import JSON
from ddconf.errors import DdconfError

from .documents import values
from .folder import documents, load_files

PADDING = "# " + "x" * 30_000 + "\n"
"""Makes a folder worth a cache."""


def places(found: Definitions) -> dict[str, dict[str, str]]:
    return {
        str(address): {str(path): str(source) for path, source in definition.positions.items()}
        for address, definition in found.items.items()
    }


def test_a_file_is_parsed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"monitor: {a: {name: x}}\n"
    cache = Cache(tmp_path / "cache")
    first = parse(content, "a.yaml", cache)
    cache.save()
    monkeypatch.setattr(yaml, "parse", lambda *_: pytest.fail("parsed again"))
    assert parse(content, "elsewhere.yaml", Cache(tmp_path / "cache")) == first


def test_json_and_yaml_of_one_content_are_two_files() -> None:
    cache, text = Cache(None), b'{"a": "\\ud83d\\ude00"}'
    assert parse(text, "a.json", cache)[0][0] == {"a": "😀"}
    with pytest.raises(DdconfError):
        parse(text, "a.yaml", cache)


def test_only_plain_definitions_are_packed() -> None:
    text = b"""
        monitor: {plain: {name: x}, refers: {name: "${var.x}"}, options: {ddconf: {}}, many: {for_each: []}}
        removed: [monitor.x]
        else: {plain: {name: x}}
    """
    ((value, _),) = parse(text, "a.yaml", Cache(None))
    assert [name for name, body in value["monitor"].items() if isinstance(body, tuple)] == ["plain"]
    assert value["removed"] == ["monitor.x"]
    assert value["else"] == {"plain": {"name": "x"}}


bodies = st.dictionaries(st.sampled_from(["name", "b", "ddconf", "for_each"]), values, max_size=3)
sections = st.dictionaries(
    st.sampled_from(["monitor", "dashboard"]), st.dictionaries(st.sampled_from("pqr"), bodies, max_size=3)
)


@given(sections)
@settings(max_examples=100, deadline=None)
def test_law_packing_loses_no_value_and_no_place(value: JSON) -> None:
    text = write.dump(value)
    ((_, positions),) = yaml.load(text, "a.yaml")
    ((packed, marks),) = parse(text.encode(), "a.yaml", Cache(None))
    seen = yaml.Positions("a.yaml", packed, memoryview(marks).cast("Q"))
    assert seen[()] == positions[()]
    for (section, _, below), (_, _, expected) in zip(seen.below(), positions.below(), strict=True):
        assert below[()] == expected[()]
        for (name, body, inside), (_, plain, there) in zip(below.below(), expected.below(), strict=True):
            assert (marshal.loads(body) if isinstance(body, bytes) else body) == plain
            assert dict(inside) == dict(there), (section, name)


def test_a_cache_changes_neither_documents_nor_places(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "ddconf.yaml": "variables: {v: V}",
        "a.yaml": PADDING
        + 'monitor: {a: {name: "x ${var.v}"}, b: {name: "\\x24{var.v}"}, d: {name: [1, {e: 2}]}}',
        "b.yaml": PADDING + "monitor: {c: {name: x}}\n---\ndashboard: {e: {title: {f: 1}}}",
    }
    first = load_files(tmp_path, files)
    assert (tmp_path / ".ddconf" / "cache" / "definitions").exists()
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


def test_a_small_folder_is_not_worth_a_cache(tmp_path: Path) -> None:
    load_files(tmp_path, {"a.yaml": "monitor: {a: {name: x}}"})
    assert not (tmp_path / ".ddconf").exists()


def test_other_processes_parse_what_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_WORTH_A_PROCESS", 0)
    monkeypatch.setattr(module, "_SLICE", 60)
    files = {f"{number}.yaml": b"monitor: {a: {name: %d}}\n" % number for number in range(5)}
    files["broken.yaml"] = b"a: [\n"
    cache = Cache(None)
    cache.put(key_of(files["0.yaml"], "0.yaml"), b"known")
    parse_apart(files, cache)
    assert cache.get(key_of(files["0.yaml"], "0.yaml")) == b"known"
    assert key_of(files["broken.yaml"], "broken.yaml") not in cache
    monkeypatch.setattr(yaml, "parse", lambda *_: pytest.fail("parsed here"))
    for number in range(1, 5):
        ((value, _),) = parse(files[f"{number}.yaml"], f"{number}.yaml", cache)
        assert marshal.loads(value["monitor"]["a"][0]) == {"name": number}


@pytest.mark.parametrize("executable", ["", "/no/python", "/bin/false", "/bin/echo"])
def test_without_other_processes_the_files_are_parsed_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, executable: str
) -> None:
    monkeypatch.setattr(module, "_WORTH_A_PROCESS", 0)
    monkeypatch.setattr(module.sys, "executable", executable)
    assert documents(load_files(tmp_path, {"a.yaml": "monitor: {a: {name: x}}"})) == {
        "monitor.a": {"name": "x"}
    }

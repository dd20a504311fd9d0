"""Read the cases of `*.test.yaml` files, and the samples of grok parsers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from ddconf.definitions.definition import Definition
from ddconf.definitions.files import decode, read_bytes, shown
from ddconf.definitions.shape_checks import Expect
from ddconf.definitions.yaml import reader
from ddconf.document import JSON, get
from ddconf.document import Path as Place
from ddconf.errors import DdconfError, Diagnostic
from ddconf.operations.alert_tests.addresses import is_alert_address
from ddconf.pipelines.cases import YEAR, Case, Origin
from ddconf.pipelines.timestamp import parse_timestamp

_TEXTS = ("message", "status", "service", "source", "host", "trace_id", "span_id")
_OFFICIAL = (*_TEXTS, "timestamp", "tags")
_GIVEN = ("source", "service", "status", "host", "trace_id", "span_id", "timestamp", "tags")
_SELECTING = frozenset(("source", "service", "tags"))
_KEYS = ("name", "log", "given", "now", "preprocess", "skip", "expect", "exact", "no_match", *_OFFICIAL)


def read_cases(file: Path) -> dict[str, list[Case]]:
    """The cases of a test file by address; raises DdconfError with every mistake."""
    name = shown(file)
    found: dict[str, list[Case]] = {}
    mistakes: list[Diagnostic] = []
    for number, (value, positions) in enumerate(reader.load(decode(read_bytes(file), name), name)):
        expect = Expect(positions, mistakes)
        for address, items in expect.keys(value, ()).items():
            if is_alert_address(address):
                continue
            cases = found.setdefault(address, [])
            for index, item in enumerate(expect.typed(items, (address,), list, [])):
                origin = Origin(name, number, (address, index), positions)
                if case := _case(item, origin, expect):
                    cases.append(case)
    if mistakes:
        raise DdconfError(*mistakes)
    return found


def _case(item: JSON, origin: Origin, expect: Expect) -> Case | None:
    path = origin.path
    fields = expect.keys(item, path, _KEYS)
    if not isinstance(fields.get("log"), str | dict):
        expect.mistake((*path, "log"), "a test needs a 'log': text, or a mapping for JSON")
        return None
    given = _given(fields, path, expect)
    return Case(
        name=expect.typed(fields.get("name"), (*path, "name"), str, f"#{int(path[-1]) + 1}"),
        log=fields["log"],
        source=expect.at(path),
        expected=_expected(fields, path, expect),
        exact=expect.typed(fields.get("exact"), (*path, "exact"), bool, False),
        by_path=True,
        no_match=expect.typed(fields.get("no_match"), (*path, "no_match"), bool, False),
        given=given,
        filtered=bool(_SELECTING & given.keys()),
        preprocess=expect.typed(fields.get("preprocess"), (*path, "preprocess"), bool, True),
        now=_now(fields, path, expect),
        skip=expect.typed(fields.get("skip"), (*path, "skip"), str, ""),
        origin=origin,
    )


def _expected(fields: Mapping[str, JSON], path: Place, expect: Expect) -> dict[str, JSON]:
    expected: dict[str, JSON] = {}
    if "expect" in fields:
        expected["attributes"] = expect.typed(fields["expect"], (*path, "expect"), dict, {})
    for name in _OFFICIAL:
        if name in fields:
            expected[name] = _official(name, fields[name], (*path, name), expect)
    return expected


def _given(fields: Mapping[str, JSON], path: Place, expect: Expect) -> dict[str, JSON]:
    below = expect.keys(fields.get("given"), (*path, "given"), _GIVEN)
    given = {
        name: _official(name, value, (*path, "given", name), expect)
        for name, value in below.items()
        if value is not None
    }
    return given | {"tags": tuple(given["tags"])} if "tags" in given else given


def _official(name: str, value: JSON, path: Place, expect: Expect) -> JSON:
    """The value of an official field; null stands for none, a timestamp may be written as a date."""
    if name == "tags":
        return list(expect.texts(value, path))
    if name != "timestamp" or value is None:
        return None if value is None else expect.typed(value, path, str, "")
    moment = parse_timestamp(value)
    if moment is None:
        expect.mistake(path, "this is not a date: write ISO 8601, or milliseconds since the epoch")
    return moment


def _now(fields: Mapping[str, JSON], path: Place, expect: Expect) -> datetime:
    if "now" not in fields:
        return YEAR
    moment = _official("timestamp", fields["now"], (*path, "now"), expect)
    return YEAR if moment is None else datetime.fromtimestamp(moment / 1000, UTC)


def samples(definition: Definition) -> Iterator[Case]:
    """A case for each sample of each grok parser of a pipeline."""
    for path in _parsers(definition.document, ()):
        processor = get(definition.document, path)
        texts = processor.get("samples")
        for index, text in enumerate(texts if isinstance(texts, list) else []):
            if isinstance(text, str):
                yield Case(
                    name=f"sample {index + 1} of '{processor.get('name') or 'grok parser'}'",
                    log=text,
                    source=definition.at((*path, "samples", index)),
                    parser=path,
                )


def _parsers(node: JSON, path: Place) -> Iterator[Place]:
    processors = node.get("processors") if isinstance(node, dict) else None
    for index, item in enumerate(processors if isinstance(processors, list) else []):
        place = (*path, "processors", index)
        if isinstance(item, dict) and item.get("type") == "grok-parser":
            yield place
        yield from _parsers(item, place)

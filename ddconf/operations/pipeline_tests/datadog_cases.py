"""Read Datadog's own pairs of an integration's pipeline and its tests: NAME.yaml and NAME_tests.yaml.

In their results all attributes stand under `custom`, an official field that is missing must not be set,
`timestamp: 1` is the time of reception, and the tag `source:LOGS_SOURCE` is on every log.
https://github.com/DataDog/integrations-extras/tree/master/aqua/assets/logs
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from ddconf.address import Address
from ddconf.definitions.definition import Definition
from ddconf.definitions.files import decode, read_bytes, shown
from ddconf.definitions.yaml import reader
from ddconf.definitions.yaml.positions import Positions
from ddconf.document import JSON, Document
from ddconf.document import Path as Place
from ddconf.errors import DdconfError, Diagnostic, Source
from ddconf.pipelines.asset import is_asset, to_api
from ddconf.pipelines.cases import Case, Origin
from ddconf.pipelines.sample_context import origin
from ddconf.pipelines.timestamp import parse_timestamp

_RECEIVED = 1
_SOURCE_TAG = "source:LOGS_SOURCE"
_OPTIONAL = ("status", "service", "trace_id", "span_id")


def read_pair(pipeline: Path, tests: Path) -> tuple[Definition, tuple[Case, ...]]:
    """The pipeline as a definition, and its cases; raises DdconfError where the files are no such pair."""
    document, positions = _read(pipeline)
    if not isinstance(document, dict) or not is_asset(document):
        raise DdconfError(_wrong(positions, pipeline, "this is not an integration pipeline", "`pipeline:`"))
    definition = Definition(Address("logs_custom_pipeline", pipeline.stem), document, positions=positions)
    return definition, tuple(_cases(tests, _source(document)))


def _cases(file: Path, source: str | None) -> Iterator[Case]:
    document, positions = _read(file)
    items = document.get("tests") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise DdconfError(_wrong(positions, file, "these are not tests of an integration", "a list `tests:`"))
    for index, item in enumerate(items):
        path: Place = ("tests", index)
        result = item.get("result") if isinstance(item, dict) else None
        if not isinstance(result, dict) or "sample" not in item:
            message = "a test needs a `sample` and a `result`"
            raise DdconfError(Diagnostic(message, positions.get(path)))
        _check_forms(result, (*path, "result"), positions)
        _check_forms({"tags": item.get("tags")}, path, positions)
        sample = item["sample"]
        yield Case(
            name=f"#{index + 1}",
            log=sample if isinstance(sample, str) else json.dumps(sample, ensure_ascii=False),
            source=positions.get(path),
            expected=_expected(result),
            exact=True,
            given={
                "source": source,
                "service": item.get("service"),
                "tags": tuple(item.get("tags") or ()),
                "timestamp": _RECEIVED,
            },
            preprocess=False,
            origin=Origin(shown(file), 0, path, positions, ("result", "custom"), ("result",), (_SOURCE_TAG,)),
        )


def _check_forms(result: Document, path: Place, positions: Positions) -> None:
    for key, form, words in (("custom", dict, "a mapping"), ("tags", list, "a list")):
        if result.get(key) is not None and not isinstance(result[key], form):
            raise DdconfError(Diagnostic(f"'{key}' must be {words}", positions.get((*path, key))))


def _expected(result: Mapping[str, JSON]) -> Document:
    tags = result.get("tags")
    expected: Document = {
        "attributes": result.get("custom") or {},
        "tags": [tag for tag in tags if tag != _SOURCE_TAG] if isinstance(tags, list) else [],
        "timestamp": parse_timestamp(result.get("timestamp", _RECEIVED)),
    }
    if "message" in result:
        expected["message"] = result["message"]
    return expected | {name: result.get(name) for name in _OPTIONAL}


def _source(document: Document) -> str | None:
    """The source that the pipeline is for; a filter with a mistake is reported when it is compiled."""
    try:
        return origin(to_api(document)).get("source")
    except DdconfError:
        return None


def _read(file: Path) -> tuple[JSON, Positions]:
    """The only document of a file; these files may repeat a key, and the last one counts."""
    name = shown(file)
    documents = reader.load(decode(read_bytes(file), name), name, last_wins=True)
    if not documents:
        raise DdconfError(Diagnostic("the file is empty", Source(name, 1, 1)))
    return documents[0]


def _wrong(positions: Positions, file: Path, message: str, wanted: str) -> Diagnostic:
    source = positions.get(()) or Source(shown(file), 1, 1)
    return Diagnostic(message, source, f"it has {wanted}, as in an integration's assets/logs folder")

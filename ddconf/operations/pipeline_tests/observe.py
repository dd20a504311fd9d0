"""Which attributes logs have in the end, and as what types, as the tests of a pipeline show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from ddconf.document import JSON, Document
from ddconf.errors import DdconfError
from ddconf.operations.pipeline_tests.cases import read_cases
from ddconf.operations.pipeline_tests.files import find_test_files
from ddconf.pipelines import compile_pipelines
from ddconf.pipelines.cases import Case
from ddconf.pipelines.sample_context import origin

_TYPES = {str: "string", bool: "boolean", int: "integer", float: "double"}


def read_all_cases(root: Path, ignore: tuple[str, ...]) -> Mapping[str, list[Case]]:
    """The cases of all test files below a folder by address; files with mistakes are left to `test`."""
    found: dict[str, list[Case]] = {}
    for file in find_test_files((root,), ignore).own:
        try:
            for address, cases in read_cases(file).items():
                found.setdefault(address, []).extend(cases)
        except DdconfError:
            continue
    return found


def observed_types(document: Document, cases: Iterable[Case]) -> Mapping[str, frozenset[str]]:
    """Attribute -> names of its types over the logs of all cases, after the pipeline."""
    cases = [case for case in cases if not case.skip]
    try:
        pipelines = compile_pipelines([document] if cases else [])
    except DdconfError:
        return {}
    found: dict[str, set[str]] = {}
    for case in cases:
        given = {**origin(document), **case.given}
        log = pipelines.run(replace(case, given=given).arriving(), trace=False).log
        for path, value in _leaves(log.attributes, ""):
            found.setdefault(path, set()).add(_TYPES.get(type(value), ""))
    return {path: frozenset(types - {""}) for path, types in found.items()}


def _leaves(value: JSON, path: str) -> Iterator[tuple[str, JSON]]:
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _leaves(child, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for child in value or [None]:
            yield from _leaves(child, path)
    elif path:
        yield path, value

"""Gather what there is to test below some paths: a suite for each pipeline, with its samples and cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from ddconf.definitions.definition import Definition
from ddconf.definitions.files import find_files, shown
from ddconf.definitions.load import Definitions, load
from ddconf.definitions.settings import Settings
from ddconf.definitions.shape_checks import by_place
from ddconf.definitions.suggest import did_you_mean
from ddconf.errors import DdconfError, Diagnostic
from ddconf.operations.alert_tests.cases import AlertSuite
from ddconf.operations.alert_tests.suites import alert_suites, select_alerts
from ddconf.operations.pipeline_tests.cases import read_cases, samples
from ddconf.operations.pipeline_tests.datadog_cases import read_pair
from ddconf.operations.pipeline_tests.defined_pipelines import KIND, ORDER, pipelines_of, ready
from ddconf.operations.pipeline_tests.files import SuiteFiles, find_test_files
from ddconf.pipelines.cases import Case, Suite
from ddconf.pipelines.verdict import CaseStatus, Report, Verdict


@dataclass(frozen=True, slots=True)
class Collection:
    """Suites of pipelines with the definition of each by the suite's name; suites of monitors and SLOs."""

    suites: tuple[Suite, ...]
    definitions: Mapping[str, Definition]
    unreadable: tuple[Report, ...] = ()
    """A failed test for each test file with mistakes; the others run all the same."""
    alerts: tuple[AlertSuite, ...] = ()
    loaded: Definitions = field(default_factory=lambda: Definitions({}))
    """All definitions of the folder, where they were read."""

    @property
    def is_empty(self) -> bool:
        return not self.suites and not self.alerts and not self.unreadable


def collect(root: Path, settings: Settings, paths: tuple[Path, ...] = ()) -> Collection:
    """The suites of a folder, or of some files and folders alone.

    Definitions are not read for paths that hold nothing but Datadog's own pairs. Raises DdconfError for
    mistakes in definitions, and for those in test files where no file is without.
    """
    files = find_test_files(paths or (root,), settings.ignore)
    mistakes: list[Diagnostic] = []
    cases = _all_cases(files.own, mistakes)
    pairs = _all_pairs(files.pairs, mistakes)
    needed = not paths or files.own or not files.pairs
    definitions = _load(root, settings, mistakes) if needed else Definitions({})
    alerts = alert_suites(definitions, files.own, settings.variables, mistakes)
    suites = [
        *_suites(definitions, cases, files, mistakes),
        *(Suite(name, (pair.document,), cases) for name, (pair, cases) in pairs.items()),
    ]
    mistakes = list(dict.fromkeys(mistakes))
    if mistakes and not suites and not alerts:
        raise DdconfError(*sorted(mistakes, key=by_place))
    found = {str(item.address): item for item in definitions.items.values() if item.address.kind == KIND}
    found |= {name: pair for name, (pair, _) in pairs.items()}
    return Collection(tuple(suites), found, tuple(_unreadable(mistakes)), alerts, definitions)


def select(collection: Collection, text: str) -> Collection:
    """The cases whose suite, name or file has the text."""
    suites = (
        replace(
            suite,
            cases=tuple(case for case in suite.cases if text in f"{suite.name} {case.name} {case.source}"),
        )
        for suite in collection.suites
    )
    return replace(
        collection,
        suites=tuple(suite for suite in suites if suite.cases),
        unreadable=tuple(report for report in collection.unreadable if text in report.suite.name),
        alerts=select_alerts(collection.alerts, text),
    )


def _unreadable(mistakes: Iterable[Diagnostic]) -> Iterator[Report]:
    """A failed test for each file that has mistakes."""
    files = groupby(sorted(mistakes, key=by_place), lambda item: item.source.file if item.source else "")
    for file, found in files:
        wrong = tuple(found)
        verdict = Verdict(CaseStatus.FAILED, reasons=("the test file has mistakes",))
        yield Report(Suite(file, (), (Case("file", "", wrong[0].source),)), (verdict,), mistakes=wrong)


def _load(root: Path, settings: Settings, mistakes: list[Diagnostic]) -> Definitions:
    """The definitions of the root; Datadog's pairs are none. Raises DdconfError with the mistakes so far."""
    try:
        pairs = {file for pair in find_test_files((root,), settings.ignore).pairs for file in pair}
        found = map(Path, find_files(root, settings.ignore)) if pairs else ()
        return load(root, settings, [file for file in found if file not in pairs] if pairs else None)
    except DdconfError as error:
        raise DdconfError(*sorted([*mistakes, *error.diagnostics], key=by_place)) from None


def _all_cases(files: Iterable[Path], mistakes: list[Diagnostic]) -> dict[str, list[Case]]:
    """The cases of all test files by address."""
    found: dict[str, list[Case]] = {}
    for file in files:
        try:
            for address, cases in read_cases(file).items():
                found.setdefault(address, []).extend(cases)
        except DdconfError as error:
            mistakes += error.diagnostics
    return found


def _all_pairs(
    pairs: Iterable[tuple[Path, Path]], mistakes: list[Diagnostic]
) -> dict[str, tuple[Definition, tuple[Case, ...]]]:
    found = {}
    for pipeline, tests in pairs:
        try:
            found[shown(pipeline)] = read_pair(pipeline, tests)
        except DdconfError as error:
            mistakes += error.diagnostics
    return found


def _suites(
    definitions: Definitions, cases: dict[str, list[Case]], files: SuiteFiles, mistakes: list[Diagnostic]
) -> Iterator[Suite]:
    """A suite for each pipeline that has samples in the files or cases, and for an order with cases."""
    inside = {file.resolve() for file in files.definitions}
    known = [str(address) for address in definitions.items if address.kind in (KIND, ORDER)]
    for address, listed in cases.items():
        if address not in known and listed:
            hint = did_you_mean(address, known, f"pipelines are: {', '.join(known) or 'none'}")
            source = listed[0].origin.positions.get((address,)) if listed[0].origin else None
            mistakes.append(Diagnostic(f"no pipeline '{address}'", source, hint, length=len(address)))
    for definition in definitions.items.values():
        name, kind = str(definition.address), definition.address.kind
        if kind == ORDER and name in cases:
            whole = tuple(pipelines_of(definitions).values())
            yield Suite(name, whole, tuple(cases[name]))
        elif kind == KIND:
            document = ready(definition)
            own = samples(replace(definition, content=document)) if _is_inside(definition, inside) else ()
            if found := (*own, *cases.get(name, ())):
                yield Suite(name, (document,), found)


def _is_inside(definition: Definition, files: set[Path]) -> bool:
    return definition.source is not None and Path(definition.source.file).resolve() in files

"""Gather the cases of monitors and SLOs from test files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from ddconf.definitions.load import Definitions
from ddconf.definitions.suggest import did_you_mean
from ddconf.document import JSON
from ddconf.errors import DdconfError, Diagnostic
from ddconf.operations.alert_tests.addresses import MONITOR, OBJECTIVE, is_alert_address
from ddconf.operations.alert_tests.cases import AlertCase, AlertSuite
from ddconf.operations.alert_tests.reading import read_alert_cases


def alert_suites(
    definitions: Definitions,
    files: Iterable[Path],
    variables: Mapping[str, JSON],
    mistakes: list[Diagnostic],
) -> tuple[AlertSuite, ...]:
    """Those that the files have cases for; what is wrong in a file goes to the mistakes."""
    found: dict[str, list[AlertCase]] = {}
    for file in files:
        try:
            for address, cases in read_alert_cases(file, variables).items():
                found.setdefault(address, []).extend(cases)
        except DdconfError as error:
            mistakes += error.diagnostics
    known = [str(item) for item in definitions.items if is_alert_address(str(item))]
    for address in [address for address in found if address not in known]:
        kind = "SLO" if address.startswith(OBJECTIVE) else "monitor"
        hint = did_you_mean(address, known, f"defined are: {', '.join(known) or 'none'}")
        source = found.pop(address)[0].source
        mistakes.append(Diagnostic(f"no {kind} '{address}'", source, hint, length=len(address)))
    return tuple(AlertSuite(address, tuple(cases)) for address, cases in found.items())


def untested(definitions: Definitions, suites: Iterable[AlertSuite]) -> tuple[AlertSuite, ...]:
    """A suite without cases for every monitor that has none, so that its coverage shows."""
    tested = {suite.address for suite in suites}
    names = (str(address) for address in definitions.items if address.kind == MONITOR)
    return tuple(AlertSuite(name, ()) for name in names if name not in tested)


def select_alerts(suites: Iterable[AlertSuite], text: str) -> tuple[AlertSuite, ...]:
    """The cases whose address, name or file has the text."""
    chosen = (
        replace(
            suite,
            cases=tuple(case for case in suite.cases if text in f"{suite.address} {case.name} {case.source}"),
        )
        for suite in suites
    )
    return tuple(suite for suite in chosen if suite.cases)

"""Read the cases of monitors and SLOs from test files, noting each mistake with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from ddconf.alerting.status import Status
from ddconf.definitions.files import decode, read_bytes, shown
from ddconf.definitions.shape_checks import Expect
from ddconf.definitions.substitute import Scope, substitute
from ddconf.definitions.yaml import reader
from ddconf.document import JSON, Document
from ddconf.document import Path as Place
from ddconf.errors import DdconfError, Diagnostic
from ddconf.operations.alert_tests.addresses import is_alert_address
from ddconf.operations.alert_tests.cases import AlertCase, CaseInput, Expectation
from ddconf.operations.alert_tests.reading_data import DataReader
from ddconf.operations.alert_tests.times import offset_text
from ddconf.pipelines.cases import Origin

_START = datetime(2026, 1, 1, tzinfo=UTC)
_KEYS = (
    *("name", "skip", "start", "series", "logs", "checks", "states", "given", "downtimes", "pipelines"),
    *("until", "expect", "at", "never"),
)
_EXPECTED = ("status", "value", "message", "title", "to", "notified", "priority", "renotified")
_SAMPLED = ("status", "value", "sli", "state", "error_budget_remaining", "burn_rate")
_STATUSES = tuple(map(str, Status))


def read_alert_cases(file: Path, variables: Mapping[str, JSON]) -> dict[str, list[AlertCase]]:
    """The cases of a test file by address; raises DdconfError with every mistake."""
    name = shown(file)
    found: dict[str, list[AlertCase]] = {}
    mistakes: list[Diagnostic] = []
    for number, (value, positions) in enumerate(reader.load(decode(read_bytes(file), name), name)):
        expect = Expect(positions, mistakes)
        for address, items in (value if isinstance(value, dict) else {}).items():
            if not is_alert_address(str(address)):
                continue
            listed = expect.typed(items, (address,), list, [])
            filled = substitute(listed, Scope(variables), expect, (address,))
            for index, item in enumerate(filled):
                case = _CaseReader(expect, (address, index)).case(item)
                origin = Origin(name, number, (address, index), positions)
                written = listed[index].get("expect") if isinstance(listed[index], dict) else None
                written = written if isinstance(written, dict) else {}
                case = replace(case, origin=origin, written=written)
                found.setdefault(str(address), []).append(case)
    if mistakes:
        raise DdconfError(*mistakes)
    return found


class _CaseReader(DataReader):
    """Reads one case; `path` is its place in the file."""

    def case(self, item: JSON) -> AlertCase:
        fields = self.expect.keys(item, self.path, _KEYS)
        self.start = self._start(fields)
        name = self.text(fields, "name") or f"#{int(self.path[-1]) + 1}"
        if fields.get("expect", {}) is None:
            self.mistake(("expect",), "'expect' is empty", "write {} where nothing is to happen")
        until = self.offset(fields["until"], ("until",)) if "until" in fields else None
        return AlertCase(
            name=name,
            address=str(self.path[0]),
            start=self.start,
            until=until,
            skip=self.text(fields, "skip"),
            source=self.expect.at(self.path),
            series=tuple(self.series(fields.get("series"))),
            logs=tuple(self.logs(fields.get("logs"), piped=fields.get("pipelines") is not False)),
            checks=tuple(self.checks(fields.get("checks"))),
            states=self.states(fields.get("states")),
            given=self._given(fields.get("given")),
            downtimes=tuple(self.downtimes(fields.get("downtimes"))),
            expected=self._by_group(fields["expect"], "expect", _EXPECTED) if "expect" in fields else None,
            samples=self._by_group(fields.get("at"), "at", _SAMPLED),
            never=tuple(
                self._status(status, ("never",))
                for status in self.expect.texts(fields.get("never"), (*self.path, "never"))
            ),
        )

    def _start(self, fields: Document) -> float:
        value = fields.get("start")
        if value is None:
            return _START.timestamp()
        try:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        except ValueError:
            self.mistake(("start",), f"'{value}' is not a time", "write ISO 8601: 2026-01-01T00:00:00Z")
            return _START.timestamp()
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()

    def _given(self, value: JSON) -> CaseInput:
        known = ("host_metadata", "status", "values", "org", "every")
        fields = self.expect.keys(value, (*self.path, "given"), known)
        metadata = self.mapping(fields.get("host_metadata"), ("given", "host_metadata"))
        statuses = self.mapping(fields.get("status"), ("given", "status"))
        organisation = self.expect.keys(fields.get("org"), (*self.path, "given", "org"), ("slos",))
        return CaseInput(
            {"host": metadata} if metadata else {},
            {
                str(name): Status(self._status(status, ("given", "status", name)))
                for name, status in statuses.items()
            },
            self.stated(fields) if "values" in fields else None,
            self.mapping(organisation.get("slos"), ("given", "org", "slos")),
        )

    def _by_group(self, value: JSON, key: str, known: tuple[str, ...]) -> dict[str, tuple[Expectation, ...]]:
        groups = self.mapping(value, (key,))
        return {
            str(group): tuple(self._expectations(times, (key, group), known))
            for group, times in groups.items()
        }

    def _expectations(self, value: JSON, place: Place, known: tuple[str, ...]) -> Iterator[Expectation]:
        for when, what in self.mapping(value, place).items():
            here = (*place, when)
            at = self.offset(when, here)
            source = self.expect.at((*self.path, *here))
            text = offset_text(at - self.start)
            if isinstance(what, dict):
                fields = self.expect.keys(what, (*self.path, *here), known)
                status = fields.pop("status", None)
                name = None if status is None else self._status(status, here)
                yield Expectation(at, text, name, fields, source)
            elif isinstance(what, int | float) and not isinstance(what, bool):
                yield Expectation(at, text, None, {"value": what}, source)
            else:
                yield Expectation(at, text, self._status(what, here), {}, source)

    def _status(self, value: JSON, place: Place) -> str:
        if value in _STATUSES:
            return str(value)
        self.mistake(place, f"'{value}' is not a status", f"one of {', '.join(_STATUSES)}")
        return str(Status.OK)

"""What a case of a test file gives a monitor to look at: series, logs, checks, states, downtimes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ddconf.alerting.check_source import CheckRuns
from ddconf.alerting.downtimes import Downtime
from ddconf.alerting.groups import Group
from ddconf.alerting.metrics.samples import MetricType, Samples, read_values
from ddconf.alerting.service_checks import Run
from ddconf.alerting.sources import History
from ddconf.alerting.status import Status
from ddconf.definitions.shape_checks import Expect
from ddconf.document import JSON, Document
from ddconf.document import Path as Place
from ddconf.operations.alert_tests.cases import GivenLog, MutedTime
from ddconf.operations.alert_tests.times import seconds

_TYPES = ("gauge", "count", "rate", "distribution")
_MINUTE, _HALF_A_MINUTE = 60.0, 30.0
_RUN = re.compile(r"(OK|WARNING|CRITICAL|UNKNOWN|_)(?:x(\d+))?")
_MOST_LOGS = _MOST_RUNS = 1_000_000


@dataclass
class DataReader:
    """Reads the parts of one case; every mistake is noted at its place below `path`."""

    expect: Expect
    path: Place
    start: float = 0.0

    def series(self, value: JSON) -> Iterator[Samples]:
        for item, place in self.items(value, "series"):
            known = ("metric", "tags", "type", "every", "from", "values")
            fields = self.expect.keys(item, (*self.path, *place), known)
            metric = self.text(fields, "metric", place)
            if not metric:
                self.mistake(place, "a series needs a 'metric'")
            kind = self.text(fields, "type", place) or "gauge"
            if kind not in _TYPES:
                self.mistake(
                    (*place, "type"), f"'{kind}' is not a type of metric", f"one of {', '.join(_TYPES)}"
                )
                kind = "gauge"
            times, values = self._points(fields, place)
            tags = self.expect.texts(fields.get("tags"), (*self.path, *place, "tags"))
            every = self.length(fields.get("every"), (*place, "every"), _MINUTE)
            yield Samples(metric, times, values, tags, MetricType(kind), every if kind == "rate" else None)

    def logs(self, value: JSON, *, piped: bool) -> Iterator[GivenLog]:
        known = ("at", "every", "from", "until", "count", "log", "given", "pipelines")
        for item, place in self.items(value, "logs"):
            fields = self.expect.keys(item, (*self.path, *place), known)
            if not isinstance(fields.get("log"), str | dict):
                self.mistake(place, "logs need a 'log': text, or a mapping for JSON")
                continue
            given = self.mapping(fields.get("given"), (*place, "given"))
            count = self.expect.typed(fields.get("count"), (*self.path, *place, "count"), int, 1)
            for time in self._times(fields, place):
                for _ in range(count):
                    runs = piped and fields.get("pipelines") is not False
                    yield GivenLog(time, fields["log"], given, runs)

    def checks(self, value: JSON) -> Iterator[CheckRuns]:
        for item, place in self.items(value, "checks"):
            fields = self.expect.keys(
                item, (*self.path, *place), ("check", "tags", "every", "from", "values")
            )
            every = self.length(fields.get("every"), (*place, "every"), _MINUTE)
            first = self.start + self.length(fields.get("from"), (*place, "from"), _HALF_A_MINUTE)
            runs = list(self._runs(self.text(fields, "values", place), place))
            found = [(first + every * index, Run(run)) for index, run in enumerate(runs) if run != "_"]
            yield CheckRuns(
                self.text(fields, "check", place),
                self.expect.texts(fields.get("tags"), (*self.path, *place, "tags")),
                [time for time, _ in found],
                [run for _, run in found],
            )

    def states(self, value: JSON) -> dict[str, History]:
        """Of the parts of a composite, by address."""
        found: dict[str, History] = {}
        for address, groups in self.mapping(value, ("states",)).items():
            place: Place = ("states", address)
            found[str(address)] = {
                _group(str(group)): self._history(times, (*place, group))
                for group, times in self.mapping(groups, place).items()
            }
        return found

    def downtimes(self, value: JSON) -> Iterator[MutedTime]:
        known = ("scope", "monitor", "from", "until", "cancelled", "mute_first_recovery")
        for item, place in self.items(value, "downtimes"):
            fields = self.expect.keys(item, (*self.path, *place), known)

            def time(key: str, default: float, fields: Document = fields, place: Place = place) -> float:
                return self.offset(fields[key], (*place, key)) if key in fields else default

            cancelled = time("cancelled", float("inf"))
            yield MutedTime(
                Downtime(
                    self.text(fields, "scope", place) or "*",
                    time("from", float("-inf")),
                    time("until", float("inf")),
                    None if cancelled == float("inf") else cancelled,
                    bool(fields.get("mute_first_recovery")),
                ),
                self.text(fields, "monitor", place),
            )

    def stated(self, fields: Document) -> dict[str, list[tuple[float, float | None]]]:
        """Values by hand, by group: the first of them is what the first evaluation finds."""
        every = self.length(fields.get("every"), ("given", "every"), _MINUTE)
        value = fields["values"]
        groups = value if isinstance(value, dict) else {"*": value}
        return {
            str(group): [
                (self.start + every * (index + 1), None if number is None else float(number))
                for index, number in enumerate(self._values(notation, ("given", "values")))
            ]
            for group, notation in groups.items()
        }

    def items(self, value: JSON, key: str) -> Iterator[tuple[JSON, Place]]:
        listed = self.expect.typed(value, (*self.path, key), list, [])
        return ((item, (key, index)) for index, item in enumerate(listed))

    def mapping(self, value: JSON, place: Place) -> dict[str, JSON]:
        return self.expect.typed(value, (*self.path, *place), dict, {})

    def text(self, fields: Document, key: str, place: Place = ()) -> str:
        return self.expect.typed(fields.get(key), (*self.path, *place, key), str, "")

    def offset(self, value: JSON, place: Place) -> float:
        """A time of the case, from its offset."""
        return self.start + self.length(value, place, 0)

    def length(self, value: JSON, place: Place, default: float) -> float:
        if value is None:
            return default
        found = 0 if value == 0 else seconds(value) if isinstance(value, str) else None
        if found is None:
            self.mistake(
                place, f"'{value}' is not a length of time", "write 30s, 14m, 1h30m or 2d, at most a year"
            )
            return default
        return found

    def mistake(self, place: Place, message: str, hint: str = "") -> None:
        self.expect.mistake((*self.path, *place), message, hint)

    def _points(self, fields: Document, place: Place) -> tuple[list[float], list[JSON]]:
        every = self.length(fields.get("every"), (*place, "every"), _MINUTE)
        first = self.start + self.length(fields.get("from"), (*place, "from"), _HALF_A_MINUTE)
        values = self._values(fields.get("values"), (*place, "values"))
        found = [(first + every * index, value) for index, value in enumerate(values) if value is not None]
        return [time for time, _ in found], [value for _, value in found]

    def _values(self, value: JSON, place: Place) -> list[JSON]:
        notation = str(value) if isinstance(value, int | float) else value
        if not isinstance(notation, str | list):
            self.mistake(place, "values are missing", "write them as 5x3, 0+10x3 or _x3")
            return []
        try:
            return read_values(notation)
        except ValueError as error:
            self.mistake(place, str(error))
            return []

    def _times(self, fields: Document, place: Place) -> Iterator[float]:
        if "every" not in fields:
            yield self.offset(fields.get("at"), (*place, "at"))
            return
        every = self.length(fields["every"], (*place, "every"), _MINUTE)
        first = self.offset(fields.get("from"), (*place, "from"))
        last = self.offset(fields.get("until"), (*place, "until"))
        if not every or (last - first) / every > _MOST_LOGS:
            self.mistake((*place, "every"), "these are too many logs")
            return
        for number in range(int((last - first) // every) + 1):
            yield first + every * number

    def _runs(self, text: str, place: Place) -> Iterator[str]:
        for word in text.split():
            match = _RUN.fullmatch(word)
            if match is None:
                self.mistake((*place, "values"), f"'{word}' is not a check's run", "write OKx3 CRITICALx2 OK")
                continue
            count = int(match[2] or 0) + 1
            if count > _MOST_RUNS:
                self.mistake((*place, "values"), f"'{word}' is more than {_MOST_RUNS:,} runs")
                continue
            yield from [match[1]] * count

    def _history(self, value: JSON, place: Place) -> list[tuple[float, Status]]:
        found: list[tuple[float, Status]] = []
        for when, status in self.mapping(value, place).items():
            if status in list(Status):
                found.append((self.offset(when, (*place, when)), Status(status)))
            else:
                self.mistake((*place, when), f"'{status}' is not a status", f"one of {', '.join(Status)}")
        return sorted(found)


def _group(name: str) -> Group:
    """`host:a,env:b` as the tags that it is; composites go by the values."""
    if name == "*":
        return ()
    pairs = (tag.strip().partition(":") for tag in name.split(","))
    return tuple((key, value) if colon else ("", key) for key, colon, value in pairs)

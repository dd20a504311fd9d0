"""When the monitors of a folder would have alerted on data at hand."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ddconf.alerting.events import ArrivedEvent, EventSource
from ddconf.alerting.metrics.samples import Samples
from ddconf.alerting.notification import Notification, notification_of
from ddconf.alerting.notifications import TimelineEntry
from ddconf.alerting.run_record import RunRecord, record_run
from ddconf.alerting.timeline import Conditions, Timeline
from ddconf.alerting.uncomputable import Uncomputable
from ddconf.alerting.windows import MINUTE, Span
from ddconf.definitions.suggest import did_you_mean
from ddconf.errors import DdconfError, Diagnostic
from ddconf.operations.alert_tests.addresses import MONITOR
from ddconf.operations.alert_tests.bench import AlertBench


@dataclass(frozen=True, slots=True)
class MonitorHistory:
    """What a monitor would have done; nothing without a recording, `why_not` where it cannot be computed."""

    address: str
    recording: RunRecord | None = None
    why_not: str = ""

    @property
    def timeline(self) -> Timeline | None:
        return self.recording.timeline if self.recording else None

    @property
    def notifications(self) -> tuple[tuple[TimelineEntry, Notification], ...]:
        """What would have been sent, in order."""
        if self.timeline is None:
            return ()
        return tuple((entry, notification_of(self.timeline, entry)) for entry in self.timeline.notified)


def histories(
    bench: AlertBench,
    addresses: Iterable[str],
    series: Sequence[Samples],
    events: Sequence[ArrivedEvent],
    asked: Span | None = None,
) -> Iterator[MonitorHistory]:
    """Of each monitor over the time that is asked for, of which the data are complete.

    Without one, over that of the data, from the first whole minute to the last. Then too little is nothing to
    alert on before a whole window has been seen, and of several monitors one whose search finds nothing at
    all is about other data.
    """
    run, addresses = asked or span_of(series, events), list(addresses)
    for address in addresses:
        try:
            data = bench.data_of(address, series, events, run)
            conditions = Conditions(starts_unknown=asked is None)
            found = record_run(bench.monitor(address), data, run, conditions)
            source = found.timeline.source
            is_empty = isinstance(source, EventSource) and source.is_empty
            is_about_others = asked is None and is_empty and len(addresses) > 1
            yield MonitorHistory(address, None if is_about_others else found)
        except (Uncomputable, DdconfError) as error:
            yield MonitorHistory(address, why_not=str(error))


def span_of(series: Sequence[Samples], events: Sequence[ArrivedEvent]) -> Span:
    """The whole minutes around the data; raises DdconfError where there are none."""
    times = [time for samples in series for time in (*samples.times[:1], *samples.times[-1:])]
    times += [event.time for event in (*events[:1], *events[-1:])]
    if not times:
        raise DdconfError(Diagnostic("no log and no sample with a time", hint="what is the file to show?"))
    return math.floor(min(times) / MINUTE) * MINUTE, math.ceil(max(times) / MINUTE) * MINUTE


def chosen_monitors(bench: AlertBench, address: str | None) -> list[str]:
    """The addresses of all monitors, or the named one; raises DdconfError where it is not defined."""
    known = [item for item in bench.documents if item.startswith(f"{MONITOR}.")]
    if address is None:
        return known
    wanted = f"{MONITOR}.{address.removeprefix(f'{MONITOR}.')}"
    if wanted not in known:
        hint = did_you_mean(wanted, known, f"defined are: {', '.join(known) or 'none'}")
        raise DdconfError(Diagnostic(f"no monitor {address}", hint=hint))
    return [wanted]

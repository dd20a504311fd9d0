"""What a changed monitor does over time: pictures for pages, values for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from ddconf.alerting.comparison import MonitorEffect, StatusComparison
from ddconf.alerting.groups import group_text
from ddconf.alerting.run_record import GroupRecord
from ddconf.document import JSON, Document
from ddconf.render.markup import Html, element, join
from ddconf.render.status_chart import StatusChart, ThresholdLine, draw, limits_of
from ddconf.render.status_text import time_text


def pictures(charts: Sequence[StatusComparison]) -> Html:
    """Each group with its statuses before and after, one below the other."""
    return join(*(join(element("h3", chart.title), draw(_picture(chart))) for chart in charts))


def _picture(chart: StatusComparison) -> StatusChart:
    before, after = chart.before, chart.after
    return StatusChart(
        chart.run,
        partial(time_text, chart),
        after.values,
        () if list(before.values) == list(after.values) else before.values,
        tuple(_limits(chart)),
        (("before", before.statuses), ("after", after.statuses)),
    )


def _limits(chart: StatusComparison) -> Iterator[ThresholdLine]:
    """The thresholds there will be, and those of before that are others."""
    old, new = chart.thresholds
    lines = list(limits_of(new))
    kept = {(line.name, line.value) for line in lines}
    yield from lines
    yield from (line for line in limits_of(old, was=True) if (line.name, line.value) not in kept)


def effect_json(effect: MonitorEffect) -> Document:
    """The words, and for each chart times (epoch seconds) with values and statuses."""
    return {"lines": list(effect.lines), "charts": [_chart(chart) for chart in effect.charts]}


def _chart(chart: StatusComparison) -> Document:
    return {
        "title": chart.title,
        "group": group_text(chart.after.group),
        "from": chart.run[0],
        "to": chart.run[1],
        "before": _record(chart.before),
        "after": _record(chart.after),
    }


def _record(record: GroupRecord) -> dict[str, JSON]:
    return {
        "values": [[at, value] for at, value in record.values],
        "statuses": [[at, str(status)] for at, status in record.statuses],
    }

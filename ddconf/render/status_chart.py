"""A group of a monitor over time as a picture: values, thresholds, and strips of statuses below.

Lines and bars are stretched to the width there is; texts stand beside them, so that they are never distorted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ddconf.alerting.run_record import Points
from ddconf.alerting.status import Status
from ddconf.alerting.thresholds import Thresholds
from ddconf.alerting.windows import Span
from ddconf.render.markup import Html, element
from ddconf.render.status_text import number_text

_COLORS = {
    Status.OK: "#2ca678",
    Status.WARN: "#e0a100",
    Status.ALERT: "#e05243",
    Status.NO_DATA: "#7287a5",
    Status.UNKNOWN: "#7287a5",
}
_WIDTH, _HEIGHT, _STRIP = 1000, 120, 14
_LEAST = 4
"""How wide a status is at least, as one that begins with the last evaluation is too."""
Statuses = Sequence[tuple[float, Status]]
Clock = Callable[[float], str]
"""How a time (epoch seconds) is written."""


@dataclass(frozen=True, slots=True)
class ThresholdLine:
    """A threshold: a line across; `name` is its class, too."""

    name: str
    value: float
    was: bool = False
    """Is it one of before a change?"""


@dataclass(frozen=True, slots=True)
class StatusChart:
    """What a picture shows; `former` are the values of before a change, a strip has a name."""

    run: Span
    clock: Clock
    values: Points = ()
    former: Points = ()
    limits: Sequence[ThresholdLine] = ()
    strips: Sequence[tuple[str, Statuses]] = ()


def limits_of(thresholds: Thresholds | None, *, was: bool = False) -> Iterator[ThresholdLine]:
    """Those that a monitor has."""
    if thresholds is None:
        return
    for name in ("critical", "warning", "critical_recovery", "warning_recovery"):
        value = getattr(thresholds, name)
        if value is not None:
            yield ThresholdLine(name, value, was)


def draw(chart: StatusChart) -> Html:
    """The picture with its legend."""
    strips = [
        element("tr", element("th", name), element("td", strip(statuses, chart.run, chart.clock)))
        for name, statuses in chart.strips
    ]
    times = (chart.run[0], (chart.run[0] + chart.run[1]) / 2, chart.run[1])
    return element(
        "figure",
        _plot(chart),
        element("table", *strips),
        element("p", *(element("span", chart.clock(at)) for at in times), class_="times"),
        class_="status-chart",
    )


def strip(statuses: Statuses, run: Span, clock: Clock) -> Html:
    """A bar from the start to the end, in the colours of the statuses."""
    ends = [since for since, _ in statuses[1:]] + [run[1]]
    scale = _WIDTH / max(1, run[1] - run[0])
    bars = [
        element(
            "rect",
            element("title", f"{status} from {clock(since)}"),
            x=min(round((since - run[0]) * scale), _WIDTH - _LEAST),
            width=max(_LEAST, round((end - since) * scale)),
            height=_STRIP,
            fill=_COLORS[status],
        )
        for (since, status), end in zip(statuses, ends, strict=True)
    ]
    return _svg(_STRIP, *bars)


def _plot(chart: StatusChart) -> Html | None:
    """The curves and limits on one scale, and what they are; nothing where no value is known."""
    numbers = [value for points in (chart.values, chart.former) for _, value in points if value is not None]
    if not numbers:
        return None
    numbers += [limit.value for limit in chart.limits]
    low, high = min(numbers), max(numbers)
    margin = (high - low or abs(high) or 1) * 0.05
    scale = _Scale(chart.run, low - margin, high + margin)
    lines = [
        element(
            "line",
            x1=0,
            x2=_WIDTH,
            y1=str(scale.y(limit.value)),
            y2=str(scale.y(limit.value)),
            class_=_class(limit),
        )
        for limit in chart.limits
    ]
    curves = [
        element("polyline", points=part, class_=f"curve {word}".strip())
        for points, word in ((chart.former, "was"), (chart.values, ""))
        for part in _parts(points, scale)
    ]
    label = f"Values from {number_text(low)} to {number_text(high)}"
    return element(
        "div",
        element("p", number_text(high), class_="top"),
        _svg(_HEIGHT, *lines, *curves, label=label),
        element("p", number_text(low), class_="bottom"),
        element("ul", *map(_named, chart.limits), class_="limits"),
        class_="plot",
    )


def _named(limit: ThresholdLine) -> Html:
    was = " before" if limit.was else ""
    words = f"{limit.name.replace('_', ' ')} {number_text(limit.value)}{was}"
    return element("li", element("i", class_=_class(limit)), words)


def _class(limit: ThresholdLine) -> str:
    return f"limit {limit.name}{' was' if limit.was else ''}"


@dataclass(frozen=True, slots=True)
class _Scale:
    """From times and values to the picture's own units."""

    run: Span
    low: float
    high: float

    def x(self, at: float) -> float:
        return round((at - self.run[0]) / max(1, self.run[1] - self.run[0]) * _WIDTH, 1)

    def y(self, value: float) -> float:
        return round((self.high - value) / (self.high - self.low) * _HEIGHT, 1)


def _parts(points: Points, scale: _Scale) -> Iterator[str]:
    """A curve for each stretch without a gap; a value that stands alone is a short dash."""
    part: list[str] = []
    for at, value in (*points, (0.0, None)):
        if value is not None:
            part.append(f"{scale.x(at)},{scale.y(value)}")
        elif part:
            x, _, y = part[0].partition(",")
            yield " ".join(part) if len(part) > 1 else f"{float(x) - 3},{y} {float(x) + 3},{y}"
            part = []


def _svg(height: int, *inside: Html, label: str = "") -> Html:
    return element(
        "svg",
        *inside,
        viewBox=f"0 0 {_WIDTH} {height}",
        width="100%",
        height=height,
        preserveAspectRatio="none",
        role="img" if label else None,
        aria_label=label or None,
    )

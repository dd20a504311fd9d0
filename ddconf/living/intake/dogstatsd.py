"""Datagrams of DogStatsD -> samples, events and check runs.

https://docs.datadoghq.com/developers/dogstatsd/datagram_shell/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ddconf.living.events import CheckRun, Event
from ddconf.living.series import metric_name, metric_tags

_TYPES = {"c": "count", "g": "gauge", "ms": "histogram", "h": "histogram", "s": "set", "d": "distribution"}
_EVENT = re.compile(r"_e\{(?P<title>\d+),(?P<text>\d+)\}:")
_HOST = "host:"


@dataclass(frozen=True, slots=True)
class Sample:
    """One line's values of a metric; `rate` is the share of events that were sent at all."""

    name: str
    type: str
    values: tuple[str, ...]
    tags: tuple[str, ...] = ()
    host: str = ""
    rate: float = 1.0
    timestamp: int | None = None


def read_datagram(data: bytes, now: int) -> Iterator[Sample | Event | CheckRun]:
    """What a datagram says, line by line; a line that cannot be read is left out, as the Agent does."""
    for line in data.decode("utf-8", "replace").splitlines():
        try:
            if line.startswith("_e{"):
                yield _event(line, now)
            elif line.startswith("_sc|"):
                yield _check_run(line, now)
            elif line:
                yield _sample(line)
        except (ValueError, KeyError, IndexError):
            continue


def _sample(line: str) -> Sample:
    head, type_, *options = line.split("|")
    name, _, values = head.partition(":")
    if not values or not metric_name(name):
        raise ValueError(line)
    listed = tuple(values.split(":"))
    if _TYPES[type_] != "set":
        for value in listed:
            float(value)
    said = {option[:1]: option[1:] for option in options if option}
    host, tags = _split_host(said.get("#", ""))
    moment = int(said["T"]) if said.get("T", "").isdigit() else None
    return Sample(
        metric_name(name), _TYPES[type_], listed, metric_tags(tags), host, _rate(said.get("@")), moment
    )


def _rate(text: str | None) -> float:
    rate = float(text) if text else 1.0
    if not 0 < rate <= 1:
        raise ValueError(f"a sample rate of {text}")
    return rate


def _split_host(text: str) -> tuple[str, list[str]]:
    """The tag `host` says where the sample comes from, and is not a tag then."""
    tags = [tag for tag in text.split(",") if tag]
    hosts = [tag.removeprefix(_HOST) for tag in tags if tag.startswith(_HOST)]
    return (hosts[-1] if hosts else ""), [tag for tag in tags if not tag.startswith(_HOST)]


def _event(line: str, now: int) -> Event:
    found = _EVENT.match(line)
    if not found:
        raise ValueError(line)
    data = line[found.end() :].encode()
    middle = int(found["title"])
    end = middle + 1 + int(found["text"])
    if data[middle : middle + 1] != b"|" or len(data) < end:
        raise ValueError(line)
    said = dict(_options(data[end:].decode("utf-8", "replace").split("|")))
    host, tags = _split_host(said.get("#", ""))
    return Event(
        title=data[:middle].decode("utf-8", "replace"),
        text=data[middle + 1 : end].decode("utf-8", "replace").replace("\\n", "\n"),
        timestamp=int(said.get("d") or now),
        tags=tuple(tags),
        host=said.get("h") or host,
        alert_type=said.get("t") or "info",
        priority=said.get("p") or "normal",
        source=said.get("s") or "api",
        aggregation_key=said.get("k") or "",
    )


def _options(parts: list[str]) -> Iterator[tuple[str, str]]:
    """`h:name` and `#tag,tag`."""
    for part in parts:
        if part.startswith("#"):
            yield "#", part[1:]
        elif part[1:2] == ":":
            yield part[0], part[2:]


def _check_run(line: str, now: int) -> CheckRun:
    head, _, message = line.partition("|m:")
    _, name, status, *options = head.split("|")
    said = dict(_options(options))
    host, tags = _split_host(said.get("#", ""))
    if status not in ("0", "1", "2", "3"):
        raise ValueError(line)
    text = message.replace("\\n", "\n").replace("m\\:", "m:")
    return CheckRun(name, int(status), int(said.get("d") or now), tuple(tags), said.get("h") or host, text)

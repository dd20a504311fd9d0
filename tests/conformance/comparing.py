"""Recorded traffic compared as a plan compares: what was asked for against what Datadog then showed.

Set `normalize:FAMILY`: the normalized request of every accepted write equals the normalized answer, unless
that only tells which object it is.
Set `readback:FAMILY`: it equals what the first read after the write shows, too.
Set `reads:FAMILY`: an object that nobody wrote to in between looks the same whenever it is shown.
What differs because Datadog really stored something else is in `data/comparing_exceptions.json`, by kind and
path (`a.**` is all below `a`), each with its reason; those paths are left out of the comparison and counted
in `excepted`. A rule may ask that the value was not `sent`, is not `shown`, or stands `beside` other values.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ddconf.datadog.objects import bodies
from ddconf.document import canonical, copy, drop, format_path, get, parse_path, put, walk
from ddconf.kind import Kind
from ddconf.plans.comparison import NormalizationContext, normalized_live
from ddconf.plans.normalize import normalize
from tests.conformance._recordings import (
    Exchange,
    Write,
    asked_for,
    documents_in,
    forget_written,
    meanings,
    read_tests,
    writes_in,
)

Json = Any
DATA = Path(__file__).parent / "data" / "comparing_exceptions.json"
_MISSING = "(absent)"


@dataclass
class Tally:
    """What one set came to."""

    total: int = 0
    failures: list[str] = field(default_factory=list)
    excepted: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def note(self, kind: Kind, exchange: Exchange, wanted: Json, shown: Json) -> None:
        paths = []
        for path in differing(wanted, shown):
            reason = exception(kind, path, wanted, shown)
            if reason:
                self.excepted[reason] += 1
            else:
                paths.append(path)
        self.count(exchange, ", ".join(paths))

    def count(self, exchange: Exchange, why: str) -> None:
        """One more case, and why it failed, if it did."""
        self.total += 1
        if why:
            where = f"{exchange['source']}/{exchange['test']}#{exchange['seq']}"
            self.failures.append(f"{where} {exchange['method']} {exchange['path']}: {why}")


def run(corpus: Path) -> list[Json]:
    """A report per set and family, failures as "source/test#seq method path: the paths that differ"."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for test in read_tests(corpus / "recorded"):
        for write in writes_in(test):
            _compare_write(write, tallies)
        _compare_reads(test, tallies)
    return [
        {
            "set": name,
            "total": tally.total,
            "passed": tally.total - len(tally.failures),
            "failures": tally.failures,
            "excepted": dict(tally.excepted),
        }
        for name, tally in sorted(tallies.items())
        if tally.total
    ]


def accepted_creates(corpus: Path) -> Iterator[tuple[Exchange, Kind, Json]]:
    """All creates that Datadog accepted, each with its kind and document."""
    for test in read_tests(corpus / "recorded"):
        for exchange in test:
            if exchange["status"] < 300 and isinstance(exchange["request_body"], dict):
                for kind, _, fields in meanings(exchange, ("create",)):
                    asked = asked_for(kind, "create", exchange["request_body"], {})
                    yield exchange, kind, {**asked, **fields}


def differing(wanted: Json, shown: Json) -> list[str]:
    """The leaves at which two normalized documents differ; inside equally long lists too."""
    left, right = dict(_leaves(wanted)), dict(_leaves(shown))
    left.pop((), None), right.pop((), None)  # an empty document is no leaf
    return [
        format_path(path)
        for path in sorted(left.keys() | right.keys(), key=str)
        if canonical(left.get(path, _MISSING)) != canonical(right.get(path, _MISSING))
    ]


def _leaves(value: Json, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Json]]:
    for place, leaf in walk(value, path):
        if isinstance(leaf, list) and any(isinstance(item, dict) for item in leaf):
            for index, item in enumerate(leaf):
                yield from _leaves(item, (*place, index))
        else:
            yield place, leaf


def _compare_write(write: Write, tallies: dict[str, Tally]) -> None:
    """A write with its answer, and with the first read that shows the object after it."""
    family = write.exchange["family"]
    if write.answer is not None and is_told(write, write.answer):
        _note(write, write.answer, tallies[f"normalize:{family}"])
    if write.reads and is_whole(write.kind, write.reads[0]):
        _note(write, write.reads[0], tallies[f"readback:{family}"])


def _note(write: Write, shown: Json, tally: Tally) -> None:
    try:
        tally.note(write.kind, write.exchange, *comparable(write, shown))
    except Exception as error:  # a defect of ddconf is what is measured here
        tally.count(write.exchange, repr(error))


def comparable(write: Write, shown: Json) -> tuple[Json, Json]:
    """What was asked for and is shown, as a plan compares them; of shared lists only what was sent."""
    kind = write.kind
    wanted, shown = normalized(kind, _without_links(write.wanted, shown)), normalized(kind, shown)
    if write.verb == "update":
        shown = _as_sent(kind, shown, wanted)
    return wanted, normalized(kind, normalized_live(NormalizationContext(kind), wanted, shown))


def is_told(write: Write, shown: Json) -> bool:
    """Whether an answer tells more than which object it is."""
    sent = normalized(write.kind, _without_links(write.wanted, shown))
    return is_whole(write.kind, shown) or sent.keys() <= normalized(write.kind, shown).keys()


def is_whole(kind: Kind, shown: Json) -> bool:
    """Whether a document tells more than which object it is."""
    return not normalized(kind, shown).keys() <= {parse_path(path)[0] for path in kind.key}


def _without_links(wanted: Json, shown: Json) -> Json:
    """What was sent less the fields that an answer only links to, since nobody asked to include them."""
    links = shown.get("relationships") or {}
    return {key: value for key, value in wanted.items() if key in shown or key not in links}


def _compare_reads(test: list[Exchange], tallies: dict[str, Tally]) -> None:
    last: dict[tuple[str, str], Json] = {}
    for exchange in test:
        answer = exchange["response_body"]
        if exchange["method"] != "GET":
            forget_written(last, exchange)
        if exchange["status"] >= 300:
            continue
        told: set[tuple[str, str]] = set()  # an answer that tells one id twice is no second read
        for kind, verb, fields in meanings(exchange, ("create", "update", "read", "list")):
            tally = tallies[f"reads:{exchange['family']}"]
            try:
                documents = [{**fields, **document} for document in documents_in(kind, verb, answer)]
                keyed = {(kind.name, bodies.id_of(kind, one)): one for one in reversed(documents)}
                for key in [key for key in reversed(keyed) if key not in told and is_whole(kind, keyed[key])]:
                    now = normalized(kind, keyed[key])
                    if exchange["method"] == "GET" and key in last:
                        tally.note(kind, exchange, *_common(kind, last[key], now))
                    last[key] = now
                told |= keyed.keys()
            except Exception as error:  # a defect of ddconf is what is measured here
                tally.count(exchange, repr(error))


def _common(kind: Kind, before: Json, now: Json) -> tuple[Json, Json]:
    """Lists that others add to as well, less what they added or removed meanwhile."""
    before, now = copy(before), copy(now)
    for path in map(parse_path, kind.shared_lists):
        old, new = get(before, path, []), get(now, path, [])
        put(before, path, [item for item in old if item in new])
        put(now, path, [item for item in new if item in old])
    return before, now


def normalized(kind: Kind, document: Json) -> Json:
    """Without the secrets too: no answer shows them."""
    document = copy(document)
    for secret in kind.secrets:
        drop(document, parse_path(secret))
    return normalize(kind, document)


def _as_sent(kind: Kind, shown: Json, wanted: Json) -> Json:
    """An update's answer without what an update does not send."""
    shown = copy(shown)
    for immutable in kind.immutable:
        if get(wanted, parse_path(immutable)) is None:
            drop(shown, parse_path(immutable))
    return _restricted(shown, wanted) if kind.api.merges else shown


def _restricted(shown: Json, wanted: Json) -> Json:
    """What a merging write's answer says about the fields that were sent."""
    if isinstance(shown, dict) and isinstance(wanted, dict):
        return {key: _restricted(shown[key], value) for key, value in wanted.items() if key in shown}
    return shown


def exception(kind: Kind, path: str, wanted: Json, shown: Json) -> str:
    """Why a path may differ; empty if it may not."""
    for rule in _exceptions():
        if rule["kind"] != kind.name or not _covers(rule["path"], re.sub(r"\[\d+\]", "[*]", path)):
            continue
        *above, _ = place = parse_path(path)
        beside = get(wanted, tuple(above), {})
        if (
            _fits(rule.get("sent"), get(wanted, place))
            and _fits(rule.get("shown"), get(shown, place))
            and all(beside.get(key) == value for key, value in rule.get("beside", {}).items())
        ):
            return str(rule["reason"])
    return ""


def _covers(rule: str, path: str) -> bool:
    """`a.**` covers all below `a`."""
    return path.startswith(rule.removesuffix("**")) if rule.endswith("**") else path == rule


def _fits(demanded: str | None, value: Json) -> bool:
    """Whether a value is absent where a rule demands that."""
    return demanded is None or value is None


@cache
def _exceptions() -> list[Json]:
    return list(json.loads(DATA.read_text(encoding="utf-8")))

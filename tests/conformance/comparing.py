"""Recorded traffic compared as a plan compares: what was asked for against what Datadog then showed.

Set `normalize:FAMILY`: the normalized request of every accepted write equals the normalized answer.
Set `reads:FAMILY`: an object that nobody wrote to in between looks the same whenever it is shown.
What differs because Datadog really stored something else is in `data/comparing_exceptions.json`, by kind and
path, each with its reason; those paths are left out of the comparison and counted in `excepted`. A rule may
ask that the value was not `sent`, is not `shown`, or stands `beside` other values.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ddconf.datadog.objects import bodies
from ddconf.datadog.objects.single import is_own
from ddconf.datadog.schema.client_library import endpoints
from ddconf.document import canonical, copy, drop, format_path, get, parse_path, put, remove, walk
from ddconf.kind import Call, Kind, find_kind, kind_names
from ddconf.plans.comparison import only
from ddconf.plans.normalize import normalize

Json = Any
Exchange = dict[str, Any]
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
            reason = _exception(kind, path, wanted, shown)
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
    for test in _tests(corpus / "recorded"):
        _compare_writes(test, tallies)
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
    for test in _tests(corpus / "recorded"):
        for exchange in test:
            if exchange["status"] < 300 and isinstance(exchange["request_body"], dict):
                for kind, _, fields in _meant(exchange, ("create",)):
                    yield exchange, kind, {**_asked(kind, exchange["request_body"]), **fields}


def differing(wanted: Json, shown: Json) -> list[str]:
    """The leaves at which two normalized documents differ; inside equally long lists too."""
    left, right = dict(_leaves(wanted)), dict(_leaves(shown))
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


def _tests(folder: Path) -> list[list[Exchange]]:
    """The exchanges with one host in one recording, over all families, in their order."""
    tests: dict[tuple[str, str, str], list[Exchange]] = defaultdict(list)
    for file in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                exchange = json.loads(line) | {"family": file.name.removesuffix(".jsonl.gz")}
                tests[exchange["source"], exchange["test"], exchange["host"]].append(exchange)
    return [sorted(test, key=lambda exchange: exchange["seq"]) for test in tests.values()]


def _compare_writes(test: list[Exchange], tallies: dict[str, Tally]) -> None:
    for exchange in test:
        if exchange["status"] >= 300 or not isinstance(exchange["request_body"], dict):
            continue
        tally = tallies[f"normalize:{exchange['family']}"]
        for kind, verb, fields in _meant(exchange, ("create", "update")):
            try:
                if compared := _written(kind, verb, fields, exchange):
                    tally.note(kind, exchange, *compared)
            except Exception as error:  # a defect of ddconf is what is measured here
                tally.count(exchange, repr(error))


def _written(kind: Kind, verb: str, fields: Json, exchange: Exchange) -> tuple[Json, Json] | None:
    """What a write asked for and what its answer shows, normalized; None where it shows no object."""
    shown = kind.api.envelope.unwrap(exchange["response_body"])
    if not shown or not is_own(kind, {**kind.api.where, **shown}):
        return None
    wanted = _normalized(kind, {**fields, **_asked(kind, exchange["request_body"])})
    shown = _normalized(kind, {**fields, **shown})
    if verb == "update":
        shown = _as_sent(kind, shown, wanted)
    for path in map(parse_path, kind.shared_lists):
        if (ours := only(get(shown, path), get(wanted, path))) is None:
            remove(shown, path)
        else:
            put(shown, path, ours)
    return wanted, _normalized(kind, shown)


def _compare_reads(test: list[Exchange], tallies: dict[str, Tally]) -> None:
    last: dict[tuple[str, str], Json] = {}
    for exchange in test:
        answer = exchange["response_body"]
        if exchange["method"] != "GET":
            _forget(last, exchange)
        if exchange["status"] >= 300:
            continue
        told: set[tuple[str, str]] = set()  # an answer that tells one id twice is no second read
        for kind, verb, fields in _meant(exchange, ("create", "update", "read", "list")):
            tally = tallies[f"reads:{exchange['family']}"]
            try:
                documents = [{**fields, **document} for document in _shown(kind, verb, answer)]
                keyed = {
                    (kind.name, bodies.id_of(kind, document)): document for document in reversed(documents)
                }
                for key in [key for key in reversed(keyed) if key not in told]:
                    now = _normalized(kind, keyed[key])
                    if exchange["method"] == "GET" and key in last:
                        tally.note(kind, exchange, *_common(kind, last[key], now))
                    last[key] = now
                told |= keyed.keys()
            except Exception as error:  # a defect of ddconf is what is measured here
                tally.count(exchange, repr(error))


def _shown(kind: Kind, verb: str, answer: Json) -> list[Json]:
    """The whole objects of an answer; summaries and what lacks parts are none."""
    api = kind.api
    if verb == "list":
        if callable(api.items):
            found = api.items(answer)
        else:
            found = get(answer, parse_path(api.items)) if api.items else answer
        whole = isinstance(found, list) and not api.summary
        items = [(item, api.envelope.item(item)) for item in found] if whole else []
        return [document for item, document in items if is_own(kind, {**item, **document})]
    document = api.envelope.unwrap(answer)
    return [document] if document and is_own(kind, {**api.where, **document}) else []


def _asked(kind: Kind, body: Json) -> Json:
    """The document of a request's body."""
    data = body.get("data") if isinstance(body, dict) else None
    inside = kind.api.envelope.item(data) if isinstance(data, dict) else {}
    return kind.api.envelope.unwrap(body) or inside or body


def _forget(last: dict[tuple[str, str], Json], exchange: Exchange) -> None:
    """After a write under an object's path, or of its key, its looks are unknown; of an order after any."""
    segments = unquote(exchange["path"].split("?")[0]).split("/")
    for key in [key for key in last if key[1] in segments or not key[1] or _writes(exchange, *key)]:
        del last[key]


def _writes(exchange: Exchange, name: str, id_: str) -> bool:
    """Whether a write that makes and changes alike has the object's key in its body."""
    update = find_kind(name).api.update
    same = update and (update.method, update.path) == (exchange["method"], exchange["path"].split("?")[0])
    return bool(same) and f'"{id_}"' in json.dumps(exchange["request_body"])


def _common(kind: Kind, before: Json, now: Json) -> tuple[Json, Json]:
    """Lists that others add to as well, less what they added or removed meanwhile."""
    before, now = copy(before), copy(now)
    for path in map(parse_path, kind.shared_lists):
        old, new = get(before, path, []), get(now, path, [])
        put(before, path, [item for item in old if item in new])
        put(now, path, [item for item in new if item in old])
    return before, now


def _normalized(kind: Kind, document: Json) -> Json:
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


def _meant(exchange: Exchange, verbs: tuple[str, ...]) -> Iterator[tuple[Kind, str, Json]]:
    """The kinds and calls that an exchange is, with the fields that its path holds."""
    path = exchange["path"].split("?")[0]
    for kind, verb, pattern in _calls():
        if path in _plain_paths() and path != getattr(kind.api, verb).path:
            continue  # `/team/sync` is no team called sync
        call: Call = getattr(kind.api, verb)
        if verb in verbs and call.method == exchange["method"] and (match := pattern.fullmatch(path)):
            fields = {name: unquote(value) for name, value in match.groupdict().items()}
            if kind.id and "id" in fields:
                fields[kind.id] = fields["id"]
            yield kind, verb, fields if kind.id == "id" else {k: v for k, v in fields.items() if k != "id"}


@cache
def _plain_paths() -> set[str]:
    return {call_path for _, call_path in endpoints() if "{" not in call_path}


@cache
def _calls() -> list[tuple[Kind, str, re.Pattern[str]]]:
    kinds = [kind for kind in map(find_kind, kind_names()) if kind.api]
    return [
        (kind, verb, re.compile(_pattern(call.path)))
        for kind in kinds
        for verb in ("create", "update", "read", "list")
        if (call := getattr(kind.api, verb))
    ]


def _pattern(path: str) -> str:
    """A path's template as a regular expression; fields inside fields are not kept."""
    return re.sub(r"\{[\w-]+\.[^}]+\}", "[^/]+", re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))


def _exception(kind: Kind, path: str, wanted: Json, shown: Json) -> str:
    """Why a path may differ; empty if it may not."""
    for rule in _exceptions():
        if rule["kind"] != kind.name or rule["path"] != re.sub(r"\[\d+\]", "[*]", path):
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


def _fits(demanded: str | None, value: Json) -> bool:
    """Whether a value is absent where a rule demands that."""
    return demanded is None or value is None


@cache
def _exceptions() -> list[Json]:
    return list(json.loads(DATA.read_text(encoding="utf-8")))

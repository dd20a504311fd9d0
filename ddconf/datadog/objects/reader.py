"""Live objects of several kinds while they are read: lists first, each once, then what they leave out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from ddconf.cache.detail_cache import DetailCache
from ddconf.cache.response_journal import NOTHING_KEPT, ReadOrRecall, ResponseJournal
from ddconf.datadog.http.client import Client
from ddconf.datadog.http.priority_pool import Pool
from ddconf.datadog.objects import lists
from ddconf.datadog.objects.details_reader import DetailReads
from ddconf.datadog.objects.nested import Known, Unlisted
from ddconf.datadog.objects.single import api_of
from ddconf.document import JSON
from ddconf.errors import DdconfError, Diagnostic
from ddconf.kind import NONE, Kind, Live, find_kind

Found = dict[str, "list[Live] | DdconfError"]
Listed = Mapping[str, Sequence[Live]]
Find = Callable[[Listed], Mapping[str, Known]]
"""Gives what is known of objects that no one list shows, by kind, from what the lists show."""


def list_all(
    client: Client, kind: Kind, *, cache: Path | None = None, known: Known = (), expected: int = 0
) -> list[Live]:
    """Every live object of a kind, whole; raises ApiError. `cache` is the folder of kept details."""
    counts = {kind.name: expected}
    found = list_many(client, [kind], cache=cache, known={kind.name: known}, expected=counts)[kind.name]
    if isinstance(found, DdconfError):
        raise found
    return found


def list_many(
    client: Client,
    kinds: Iterable[Kind],
    *,
    in_brief: Iterable[Kind] = (),
    cache: Path | None = None,
    known: Mapping[str, Known] = NONE,
    expected: Mapping[str, int] = NONE,
) -> Found:
    """Every live object of several kinds at once, or why a kind could not be read in full; see Reading."""
    kinds, in_brief = list(kinds), list(in_brief)
    with Reading(
        client, kinds, in_brief=in_brief, cache=cache, known=lambda _listed: known, expected=expected
    ) as reading:
        return {kind.name: _outcome(reading, kind.name) for kind in (*kinds, *in_brief)}


def _outcome(reading: Reading, name: str) -> list[Live] | DdconfError:
    try:
        return list(reading.whole(name))
    except DdconfError as error:
        return error


def _raise(error: DdconfError, _unread: object) -> list[Live]:
    raise error


@dataclass(slots=True)
class Progress:
    """How far the reading is; `objects` are those that are whole."""

    kinds: int = 0
    kinds_read: int = 0
    objects: int = 0


class Reading:
    """What is read of these kinds; of those `in_brief`, the list is enough.

    Kinds behind one list share the request. Of kinds that no one list shows, those are found that lie below a
    listed parent or are `known`. With `unread`, an object that cannot be read by itself is noted there and
    left out; without, its kind has failed. `cache` is the folder of kept details, `kept` what a run that was
    interrupted has read, `listed` what was read before of other kinds, `expected` how many objects of a kind
    should be there. `glance` is called with what is whole once its list has arrived.

    As a context it reads all lists at once, then lets the rest arrive while its objects are looked at. Kinds
    that no list shows and that may be `late` are not `listed` before they are settled.
    """

    def __init__(
        self,
        client: Client,
        kinds: Iterable[Kind],
        *,
        in_brief: Iterable[Kind] = (),
        cache: Path | None = None,
        known: Find = lambda _listed: NONE,
        listed: Listed = NONE,
        unread: list[Diagnostic] | None = None,
        kept: ResponseJournal | None = None,
        expected: Mapping[str, int] = NONE,
        late: Collection[str] = (),
        glance: Callable[[Iterable[Live]], object] = lambda _items: None,
    ) -> None:
        self._client, self._cache, self._find, self._unread, self._kept = client, cache, known, unread, kept
        self._glance, self._expected, self._late = glance, expected, late
        self._kinds = sorted(kinds, key=lambda kind: not api_of(kind).summary)
        self._wanted = {kind.name for kind in self._kinds}
        self._brief = [kind for kind in in_brief if kind.name not in self._wanted]
        self._pool = Pool(client.workers)
        self._details: dict[str, DetailReads] = {}
        self._kept_details: dict[str, DetailCache | None] = {}
        self._begun: list[DetailReads] = []
        self._below: dict[str, Callable[[list[Diagnostic] | None], list[Live]]] = {}
        self.listed: dict[str, list[Live]] = {name: list(items) for name, items in listed.items()}
        """The objects as the lists show them: whole, but for kinds whose lists leave fields out."""
        self.failed: dict[str, DdconfError] = {}
        """Why a kind could not be read in full."""
        self.progress = Progress(len(self._kinds))

    def __enter__(self) -> Self:
        try:
            self._read_lists()
        except BaseException as error:
            self.__exit__(type(error), error, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):  # what is in flight ends, what waits is never sent
            self._client.stop()
        self._pool.__exit__(kind, error, trace)
        for details in self._begun:
            details.save()

    def whole(self, name: str) -> Iterator[Live]:
        """The objects of a kind in the order of its list, each as soon as it is whole; raises DdconfError."""
        self._await_below(name)
        if name in self.failed:
            raise self.failed[name]
        if (details := self._details.get(name)) is None:
            yield from self.listed[name]
            return
        try:
            yield from details.result(self._unread)
        except DdconfError as error:
            self.failed[name] = error
            raise
        finally:
            self.progress.kinds_read += 1

    def settle(self, name: str) -> None:
        """Wait until a kind's objects are whole, so that they are `listed` whole; or its failure is known."""
        try:
            self.listed[name] = list(self.whole(name))
        except DdconfError as error:
            self.failed[name] = error
        self._details.pop(name, None)

    def is_brief(self, name: str) -> bool:
        """Whether the objects are not whole as they are listed."""
        return name in self._details

    def _read_lists(self) -> None:
        unlisted = [kind for kind in self._kinds if api_of(kind).unlisted]
        listed = [kind for kind in self._kinds if not api_of(kind).unlisted]
        names = {kind.name for kind in (*listed, *self._brief)}
        parents = {parent for kind in unlisted if (parent := api_of(kind).parent[1])}
        above = [find_kind(name) for name in sorted(parents - names - self.listed.keys())]
        self._await_lists([*listed, *self._brief, *above])
        known = self._find(self.listed) if unlisted else NONE
        unlisted.sort(key=lambda kind: kind.name in self._late)
        self._below = {kind.name: self._begin(kind, known.get(kind.name, ())) for kind in unlisted}
        for kind in unlisted:
            if kind.name not in self._late:
                self._await_below(kind.name)

    def _await_below(self, name: str) -> None:
        """Have the objects listed of a kind that no list shows."""
        if name in self._below:
            with self._failure_kept(find_kind(name)):
                self.listed[name] = self._below.pop(name)(self._unread)
                self._is_read(self.listed[name])

    def _await_lists(self, kinds: list[Kind]) -> None:
        """Ask for each list once, and as they arrive, for what they leave out."""
        expected: Counter[str] = Counter()
        for kind in kinds:
            expected[lists.list_key(kind)] += self._expected.get(kind.name, 0)
        answers: dict[str, Future[JSON]] = {}
        behind: dict[Future[JSON], list[Kind]] = defaultdict(list)
        for kind in kinds:
            key = lists.list_key(kind)
            if key not in answers:
                read = partial(lists.answers, self._client, kind, self._pool.submit, expected[key])
                answers[key] = self._pool.submit(self._recall(kind), f"list {key}", read)
            behind[answers[key]].append(kind)
        wanted = [kind for kind in kinds if kind.name in self._wanted]
        self._kept_details = {kind.name: self._details_of(kind) for kind in wanted}
        found: dict[str, list[Live]] = {}
        for answer in as_completed(behind):
            for kind in behind[answer]:
                with self._failure_kept(kind):
                    found[kind.name] = lists.of_kind(kind, lists.raw_items(kind, answer.result()))
                    if kind.name in self._wanted:
                        self._complete(kind, found[kind.name])
        # Whatever is told of them has an order of its own.
        self.listed |= {kind.name: found[kind.name] for kind in kinds if kind.name in found}
        self.failed = {kind.name: self.failed[kind.name] for kind in kinds if kind.name in self.failed}

    def _begin(self, kind: Kind, known: Known) -> Callable[[list[Diagnostic] | None], list[Live]]:
        """Ask each parent for its objects of a kind, or for those known; gives what waits for the answers."""
        parent = api_of(kind).parent[1]
        if parent in self.failed:
            return partial(_raise, self.failed[parent])
        parents = self.listed.get(parent, [])
        return Unlisted(self._client, kind, parents, known, self._pool, self._recall(kind)).result

    def _complete(self, kind: Kind, listed: list[Live]) -> None:
        """Begin the reads that follow a list which leaves fields out."""
        if not (api_of(kind).summary or api_of(kind).parts):
            self._is_read(listed)
            self._glance(listed)
            return
        details = self._details[kind.name] = DetailReads(
            self._client,
            kind,
            listed,
            self._pool,
            details=self._kept_details.get(kind.name),
            recall=self._recall(kind),
            done=self._count,
        )
        self._begun.append(details)
        self._glance(details.at_hand)

    def _details_of(self, kind: Kind) -> DetailCache | None:
        """What earlier runs kept of the objects of a kind."""
        if self._cache is None or not api_of(kind).modified or kind.secrets:
            return None
        return DetailCache(self._cache, kind, self._client.site)

    def _is_read(self, found: list[Live]) -> None:
        self.progress.kinds_read += 1
        self.progress.objects += len(found)

    def _count(self) -> None:
        self.progress.objects += 1

    def _recall(self, kind: Kind) -> ReadOrRecall:
        """How answers of a kind are kept; those that may hold secrets are not."""
        kept = self._kept
        if kept is None or kind.secrets:
            return NOTHING_KEPT
        return lambda what, read: kept.recall(f"{kind.name} {what}", read, self._may_keep)

    def _may_keep(self, content: bytes) -> bool:
        return not self._client.has_secret(content)

    @contextmanager
    def _failure_kept(self, kind: Kind) -> Iterator[None]:
        try:
            yield
        except DdconfError as error:
            self.failed[kind.name] = error
            self.progress.kinds_read += kind.name in self._wanted

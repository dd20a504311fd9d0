"""Live objects of several kinds while they are read: lists first, each once, then what they leave out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from ddconf.cache.detail_cache import DetailCache
from ddconf.cache.response_journal import NOTHING_KEPT, ReadOrRecall, ResponseJournal
from ddconf.datadog.http.client import Client
from ddconf.datadog.http.priority_pool import Pool
from ddconf.datadog.objects import lists
from ddconf.datadog.objects.details_reader import DetailReads
from ddconf.datadog.objects.nested import ObjectHints, UnlistedReads
from ddconf.datadog.objects.read_request import ReadRequest
from ddconf.datadog.objects.single import api_of
from ddconf.document import JSON
from ddconf.errors import DdconfError, Diagnostic
from ddconf.kind import NONE, Kind, Live, find_kind

Found = dict[str, "list[Live] | DdconfError"]


def list_all(
    client: Client, kind: Kind, *, cache: Path | None = None, hints: ObjectHints = (), expected: int = 0
) -> list[Live]:
    """Every live object of a kind, whole; raises ApiError. `cache` is the folder of kept details."""
    request = ReadRequest(
        (kind,), hints=lambda _listed: {kind.name: hints}, expected_counts={kind.name: expected}
    )
    with ObjectReader(client, request, cache=cache) as reader:
        found = _outcome(reader, kind.name)
    if isinstance(found, DdconfError):
        raise found
    return found


def list_many(client: Client, kinds: Iterable[Kind]) -> Found:
    """Every live object of several kinds at once, or why a kind could not be read in full."""
    kinds = tuple(kinds)
    with ObjectReader(client, ReadRequest(kinds)) as reader:
        return {kind.name: _outcome(reader, kind.name) for kind in kinds}


def _outcome(reader: ObjectReader, name: str) -> list[Live] | DdconfError:
    try:
        return list(reader.objects(name))
    except DdconfError as error:
        return error


def _raise(error: DdconfError, _unread: object) -> list[Live]:
    raise error


@dataclass(slots=True)
class ReadProgress:
    """How far the reading is; `objects` are those that are whole."""

    kinds: int = 0
    kinds_read: int = 0
    objects: int = 0


class ObjectReader:
    """Reads what is requested; kinds behind one list share the request.

    `cache` is the folder of kept details, `journal` what an interrupted run has read. `on_listed` is called
    with what is whole once its list has arrived.

    As a context it reads all lists at once, then lets the rest arrive while its objects are looked at.
    """

    def __init__(
        self,
        client: Client,
        request: ReadRequest,
        *,
        cache: Path | None = None,
        journal: ResponseJournal | None = None,
        on_listed: Callable[[Iterable[Live]], object] = lambda _items: None,
    ) -> None:
        self._client, self._request, self._cache, self._journal = client, request, cache, journal
        self._on_listed = on_listed
        self._kinds = sorted(request.kinds, key=lambda kind: not api_of(kind).summary)
        self._wanted = {kind.name for kind in self._kinds}
        self._list_only = [kind for kind in request.list_only if kind.name not in self._wanted]
        self._pool = Pool(client.workers)
        # The pool's threads only send requests. What follows is written by the thread that made the reader.
        self._details: dict[str, DetailReads] = {}
        self._detail_caches: dict[str, DetailCache | None] = {}
        self._begun: list[DetailReads] = []
        self._below: dict[str, Callable[[list[Diagnostic] | None], list[Live]]] = {}
        self._listed = {name: list(items) for name, items in request.already_listed.items()}
        self._failed: dict[str, DdconfError] = {}
        self._read_errors: list[Diagnostic] | None = [] if request.skips_unreadable else None
        self.progress = ReadProgress(len(self._kinds))

    @property
    def listed(self) -> Mapping[str, list[Live]]:
        """The objects as the lists show them: whole, but for kinds whose lists leave fields out."""
        return MappingProxyType(self._listed)

    @property
    def failed(self) -> Mapping[str, DdconfError]:
        """Why a kind could not be read in full."""
        return MappingProxyType(self._failed)

    @property
    def read_errors(self) -> tuple[Diagnostic, ...]:
        """The objects that were left out, since they could not be read by themselves."""
        return tuple(self._read_errors or ())

    def add(self, name: str, found: list[Live] | DdconfError) -> None:
        """Take the objects of a kind that were read elsewhere, or why they could not be."""
        if isinstance(found, DdconfError):
            self._failed[name] = found
        else:
            self._listed[name] = found

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

    def objects(self, name: str) -> Iterator[Live]:
        """The objects of a kind in the order of its list, each as soon as it is whole; raises DdconfError."""
        self._await_below(name)
        if name in self._failed:
            raise self._failed[name]
        if (details := self._details.get(name)) is None:
            yield from self._listed[name]
            return
        try:
            yield from details.result(self._read_errors)
        except DdconfError as error:
            self._failed[name] = error
            raise
        finally:
            self.progress.kinds_read += 1

    def wait_for(self, name: str) -> None:
        """Wait until a kind's objects are whole, so that `listed` has them whole; or its failure is known."""
        try:
            self._listed[name] = list(self.objects(name))
        except DdconfError as error:
            self._failed[name] = error
        self._details.pop(name, None)

    def is_summary(self, name: str) -> bool:
        """Whether the objects are not whole as they are listed."""
        return name in self._details

    def _read_lists(self) -> None:
        unlisted = [kind for kind in self._kinds if api_of(kind).unlisted]
        listed = [kind for kind in self._kinds if not api_of(kind).unlisted]
        names = {kind.name for kind in (*listed, *self._list_only)}
        parents = {parent for kind in unlisted if (parent := api_of(kind).parent[1])}
        above = [find_kind(name) for name in sorted(parents - names - self._listed.keys())]
        self._await_lists([*listed, *self._list_only, *above])
        hints = self._request.hints(self._listed) if unlisted else NONE
        unlisted.sort(key=lambda kind: kind.name in self._request.deferrable)
        self._below = {kind.name: self._begin(kind, hints.get(kind.name, ())) for kind in unlisted}
        for kind in unlisted:
            if kind.name not in self._request.deferrable:
                self._await_below(kind.name)

    def _await_below(self, name: str) -> None:
        """Have the objects listed of a kind that no list shows."""
        if name in self._below:
            with self._failure_kept(find_kind(name)):
                self._listed[name] = self._below.pop(name)(self._read_errors)
                self._is_read(self._listed[name])

    def _await_lists(self, kinds: list[Kind]) -> None:
        """Ask for each list once, and as they arrive, for what they leave out."""
        expected: Counter[str] = Counter()
        for kind in kinds:
            expected[lists.list_key(kind)] += self._request.expected_counts.get(kind.name, 0)
        answers: dict[str, Future[JSON]] = {}
        behind: dict[Future[JSON], list[Kind]] = defaultdict(list)
        for kind in kinds:
            key = lists.list_key(kind)
            if key not in answers:
                read = partial(lists.answers, self._client, kind, self._pool.submit, expected[key])
                answers[key] = self._pool.submit(self._recall(kind), f"list {key}", read)
            behind[answers[key]].append(kind)
        wanted = [kind for kind in kinds if kind.name in self._wanted]
        self._detail_caches = {kind.name: self._details_of(kind) for kind in wanted}
        found: dict[str, list[Live]] = {}
        for answer in as_completed(behind):
            for kind in behind[answer]:
                with self._failure_kept(kind):
                    found[kind.name] = lists.of_kind(kind, lists.raw_items(kind, answer.result()))
                    if kind.name in self._wanted:
                        self._complete(kind, found[kind.name])
        # Whatever is told of them has an order of its own.
        self._listed |= {kind.name: found[kind.name] for kind in kinds if kind.name in found}
        self._failed = {kind.name: self._failed[kind.name] for kind in kinds if kind.name in self._failed}

    def _begin(self, kind: Kind, hints: ObjectHints) -> Callable[[list[Diagnostic] | None], list[Live]]:
        """Ask each parent for its objects of a kind, or for those of the hints; gives what waits for them."""
        parent = api_of(kind).parent[1]
        if parent in self._failed:
            return partial(_raise, self._failed[parent])
        parents = self._listed.get(parent, [])
        return UnlistedReads(self._client, kind, parents, hints, self._pool, self._recall(kind)).result

    def _complete(self, kind: Kind, listed: list[Live]) -> None:
        """Begin the reads that follow a list which leaves fields out."""
        if not (api_of(kind).summary or api_of(kind).parts):
            self._is_read(listed)
            self._on_listed(listed)
            return
        details = self._details[kind.name] = DetailReads(
            self._client,
            kind,
            listed,
            self._pool,
            details=self._detail_caches.get(kind.name),
            recall=self._recall(kind),
            done=self._count,
        )
        self._begun.append(details)
        self._on_listed(details.at_hand)

    def _details_of(self, kind: Kind) -> DetailCache | None:
        """What earlier runs kept of the objects of a kind."""
        if self._cache is None or not api_of(kind).modified or kind.secrets:
            return None
        return DetailCache(self._cache, kind, self._client.site)

    def _is_read(self, found: list[Live]) -> None:
        self.progress.kinds_read += 1
        self.progress.objects += len(found)

    def _count(self) -> None:  # on the pool's threads; the number is only shown
        self.progress.objects += 1

    def _recall(self, kind: Kind) -> ReadOrRecall:
        """How answers of a kind are kept; those that may hold secrets are not."""
        journal = self._journal
        if journal is None or kind.secrets:
            return NOTHING_KEPT
        return lambda what, read: journal.recall(f"{kind.name} {what}", read, self._may_keep)

    def _may_keep(self, content: bytes) -> bool:
        return not self._client.has_secret(content)

    @contextmanager
    def _failure_kept(self, kind: Kind) -> Iterator[None]:
        try:
            yield
        except DdconfError as error:
            self._failed[kind.name] = error
            self.progress.kinds_read += kind.name in self._wanted

"""All live objects of kinds, whole: lists first, each once, then what the lists leave out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from ddconf.datadog import parts
from ddconf.datadog.calls import permission, send
from ddconf.datadog.client import Client
from ddconf.datadog.details import Details
from ddconf.datadog.objects import api_of, is_own, live_of, needed, read_by_id
from ddconf.datadog.pages import items
from ddconf.datadog.unlisted import Known
from ddconf.datadog.unlisted import find as find_unlisted
from ddconf.document import JSON, canonical, pack
from ddconf.errors import ApiError, DdconfError, Diagnostic
from ddconf.kind import NONE, Kind, Live, find_kind

Found = dict[str, "list[Live] | DdconfError"]


def list_all(client: Client, kind: Kind, *, cache: Path | None = None, known: Known = ()) -> list[Live]:
    """Every live object of a kind, whole; raises ApiError. `cache` is the folder of kept details."""
    found = list_many(client, [kind], cache=cache, known={kind.name: known})[kind.name]
    if isinstance(found, DdconfError):
        raise found
    return found


def list_many(
    client: Client,
    kinds: Iterable[Kind],
    *,
    cache: Path | None = None,
    known: Mapping[str, Known] = NONE,
    unread: list[Diagnostic] | None = None,
) -> Found:
    """Every live object of several kinds at once, or why a kind could not be read in full.

    Kinds behind one list share the request. Summary kinds go first, since their details follow. Of kinds that
    no one list shows, those are found that lie below a listed parent or are `known`. With `unread`, an object
    that cannot be read by itself is noted there and left out; without, its kind has failed.
    """
    kinds = list(kinds)
    unlisted = [kind for kind in kinds if api_of(kind).unlisted]
    parents = {parent for kind in unlisted if (parent := api_of(kind).parent[1])}
    listed = {kind.name: kind for kind in kinds if not api_of(kind).unlisted}
    above = [find_kind(name) for name in sorted(parents - listed.keys())]
    found = _list_listed(client, [*listed.values(), *above], cache, unread)
    with ThreadPoolExecutor(client.workers) as pool, _stopped_when_interrupted(client):
        for kind in unlisted:
            with _failure_kept(kind, found):
                listing = found.get(api_of(kind).parent[1], [])
                if isinstance(listing, DdconfError):
                    raise listing
                found[kind.name] = find_unlisted(client, kind, listing, known.get(kind.name, ()), pool)
    return {kind.name: found[kind.name] for kind in kinds}


def _list_listed(
    client: Client, kinds: Iterable[Kind], cache: Path | None, unread: list[Diagnostic] | None
) -> Found:
    wanted = sorted(kinds, key=lambda kind: not api_of(kind).summary)
    found: Found = {}
    with ThreadPoolExecutor(client.workers) as pool, _stopped_when_interrupted(client):
        answers: dict[str, Future[list[JSON]]] = {}
        for kind in wanted:
            if _list_key(kind) not in answers:
                answers[_list_key(kind)] = pool.submit(raw_items, client, kind)
        completing: list[tuple[Kind, _Completing]] = []
        for kind in wanted:
            with _failure_kept(kind, found):
                listed = of_kind(kind, answers[_list_key(kind)].result())
                found[kind.name] = listed
                if api_of(kind).summary or api_of(kind).parts:
                    completing.append((kind, _Completing(client, kind, listed, cache, pool)))
        for kind, details in completing:
            with _failure_kept(kind, found):
                found[kind.name] = details.result(unread)
    return found


@contextmanager
def _stopped_when_interrupted(client: Client) -> Iterator[None]:
    """On Ctrl-C the pool ends once what is in flight has ended; what waits is never sent."""
    try:
        yield
    except KeyboardInterrupt:
        client.stop()
        raise


@contextmanager
def _failure_kept(kind: Kind, found: Found) -> Iterator[None]:
    try:
        yield
    except DdconfError as error:
        found[kind.name] = error


def _list_key(kind: Kind) -> str:
    """Equal for kinds that one request lists."""
    call = api_of(kind).list
    return f"{call.method} {call.path} {canonical(dict(call.params))}" if call else kind.name


def raw_items(client: Client, kind: Kind) -> list[JSON]:
    """The raw items of a kind's list, or the answer that holds a singleton; a kind may have neither."""
    api = api_of(kind)
    with permission(kind, "read"):
        if api.list:
            return items(client, api, api.list)
        if not api.singleton or api.read is None:
            return []
        answer = send(client, api.read, "", {})
        if not isinstance(answer, dict):
            raise ApiError(api.read.method, api.read.path, 200, ("the answer is no object",))
        return [answer]


def of_kind(kind: Kind, answers: list[JSON]) -> list[Live]:
    """Those of a list that are of this kind, each with an id of its own."""
    api = api_of(kind)
    call = needed(kind, api.list or api.read, "listed")
    unwrap = api.envelope.item if api.list else api.envelope.unwrap
    found = [(answer, unwrap(answer)) for answer in answers]
    own = [
        live_of(kind, document, call)
        for answer, document in found
        if is_own(kind, {**answer, **document})  # the envelope too: its `type` may tell
    ]
    if len({live.id for live in own}) < len(own):
        raise ApiError(call.method, call.path, 200, ("the list cannot be used: an id is in it twice",))
    return own


class _Completing:
    """The reads that follow a list which leaves fields out, under way on the pool."""

    def __init__(
        self, client: Client, kind: Kind, listed: list[Live], cache: Path | None, pool: ThreadPoolExecutor
    ) -> None:
        usable = api_of(kind).modified and not kind.secrets
        self._kept = Details(cache, kind, client.site) if cache and usable else None
        self._client, self._kind = client, kind
        self._listed = [Live(kind.name, live.id, {}) for live in listed]
        self._whole: list[Live | Future[Live | None]] = []
        for live in listed:
            packed = self._kept.find(live.id, live.document) if self._kept else None
            self._whole.append(
                pool.submit(self._read, live) if packed is None else Live(kind.name, live.id, packed)
            )

    def _read(self, listed: Live) -> Live | None:
        """The object as a read gives it, packed: a large organisation's would not fit into memory."""
        whole = _whole(self._client, self._kind, listed)
        if whole is None:
            return None
        packed = pack(whole.document)
        if self._kept and not self._client.has_secret(packed):
            self._kept.keep(listed.id, listed.document, whole.document, packed)
        return Live(whole.kind, whole.id, packed)

    def result(self, unread: list[Diagnostic] | None) -> list[Live]:
        """All but those deleted since the list; raises ApiError. What was read is kept even so."""
        found = []
        try:
            for listed, whole in zip(self._listed, self._whole, strict=True):
                try:
                    found.append(whole if isinstance(whole, Live) else whole.result())
                except ApiError as error:
                    if unread is None:
                        raise
                    unread.append(Diagnostic(f"cannot read {self._kind.name} {listed.id}: {error}"))
        finally:
            if self._kept:
                self._kept.save()
        return [live for live in found if live is not None]


def _whole(client: Client, kind: Kind, listed: Live) -> Live | None:
    api = api_of(kind)
    if api.summary and api.read:
        return read_by_id(client, kind, api.read, listed.id, listed.document)
    return parts.read(client, api, listed)

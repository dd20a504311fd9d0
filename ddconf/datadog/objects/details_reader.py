"""The reads that follow a list which leaves fields out, under way on a pool."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future

from ddconf.cache.detail_cache import DetailCache
from ddconf.cache.response_journal import ReadOrRecall
from ddconf.datadog.http.client import Client
from ddconf.datadog.http.priority_pool import Pool
from ddconf.datadog.objects import parts
from ddconf.datadog.objects.single import api_of, read_by_id
from ddconf.document import JSON, pack
from ddconf.errors import ApiError, Diagnostic
from ddconf.kind import Kind, Live


class DetailReads:
    """The objects of one kind, each whole once its read has ended; `done` is called for each that is."""

    def __init__(
        self,
        client: Client,
        kind: Kind,
        listed: list[Live],
        pool: Pool,
        *,
        details: DetailCache | None,
        recall: ReadOrRecall,
        done: Callable[[], object],
    ) -> None:
        self._details = details
        self._client, self._kind, self._recall, self._done = client, kind, recall, done
        self._ids = [live.id for live in listed]
        self._whole: list[Live | Future[Live | None]] = []
        for live in listed:
            packed = self._details.find(live.id, live.document) if self._details else None
            if packed is None:
                self._whole.append(pool.submit(self._read, live, later=True))
            else:
                self._whole.append(Live(kind.name, live.id, packed))
                done()

    @property
    def at_hand(self) -> Iterator[Live]:
        """Those that were kept by an earlier run."""
        return (whole for whole in self._whole if isinstance(whole, Live))

    def result(self, unread: list[Diagnostic] | None) -> Iterator[Live]:
        """All but those deleted since the list, in its order, as soon as each is whole; raises ApiError."""
        for number, id_ in enumerate(self._ids):
            whole = self._whole[number]
            try:
                found = whole if isinstance(whole, Live) else whole.result()
            except ApiError as error:
                if unread is None:
                    raise
                unread.append(Diagnostic(f"cannot read {self._kind.name} {id_}: {error}"))
                continue
            if found is not None:
                yield found

    def save(self) -> None:
        """Keep what was read for the next run."""
        if self._details:
            self._details.save()

    def _read(self, listed: Live) -> Live | None:
        """The object as a read gives it, packed: a large organisation's would not fit into memory."""
        document: JSON = self._recall(f"read {listed.id}", lambda: self._document(listed))
        self._done()
        if document is None:
            return None
        packed = pack(document)
        if self._details and not self._client.has_secret(packed):
            self._details.keep(listed.id, listed.document, document, packed)
        return Live(self._kind.name, listed.id, packed)

    def _document(self, listed: Live) -> JSON:
        api = api_of(self._kind)
        if api.summary and api.read:
            found = read_by_id(self._client, self._kind, api.read, listed.id, listed.document)
        else:
            found = parts.read(self._client, api, listed)
        return found.answer if found else None

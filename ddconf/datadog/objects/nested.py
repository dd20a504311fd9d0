"""Objects that no one list shows: those listed below each parent, and those that are read by their key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future

from ddconf.cache.response_journal import ReadOrRecall
from ddconf.datadog.http.client import Client
from ddconf.datadog.http.priority_pool import Pool
from ddconf.datadog.objects import bodies
from ddconf.datadog.objects.calls import is_gone, permission
from ddconf.datadog.objects.pagination import items
from ddconf.datadog.objects.single import api_of, fills, is_own, live_of, read_by_id, with_id
from ddconf.document import JSON, Document, Path, copy, get, parse_path, put
from ddconf.errors import ApiError, Diagnostic
from ddconf.kind import Api, Call, Kind, Live

ObjectHints = Sequence[tuple[str, Document]]
"""Objects of a kind as definitions and state know them: the id, empty where unknown, and the document."""


class UnlistedReads:
    """Every object below the parents, or those of the hints that exist, under way on a pool."""

    def __init__(
        self,
        client: Client,
        kind: Kind,
        parents: Sequence[Live],
        hints: ObjectHints,
        pool: Pool,
        recall: ReadOrRecall,
    ) -> None:
        self._client, self._kind, self._recall = client, kind, recall
        self._asked: list[tuple[str, Future[list[Live]]]] = []
        field = api_of(kind).parent[0]
        if place := parse_path(field):
            ids = [*(parent.id for parent in parents), *(get(document, place) for _, document in hints)]
            for value in dict.fromkeys(id_ for id_ in ids if _is_plain(id_)):
                fields = _with({}, place, value)
                self._asked.append((f"{field} {value}", pool.submit(self._below, fields)))
            return
        wanted: dict[str, Document] = {} if kind.key else {"": {}}
        for id_, document in hints:
            named = id_ or bodies.id_of(kind, document)
            if _is_plain(named):
                wanted.setdefault(named, with_id(kind, named, document))
        call = api_of(kind).read
        for id_, document in wanted.items():
            if call and fills(document, call):
                self._asked.append((id_, pool.submit(self._known, call, id_, document)))

    def result(self, unread: list[Diagnostic] | None) -> list[Live]:
        """All that was found; raises ApiError. What cannot be read goes to `unread` if that is given."""
        found: list[Live] = []
        for what, future in self._asked:
            try:
                found += future.result()
            except ApiError as error:
                if unread is None or error.status in (401, 403):
                    raise
                unread.append(Diagnostic(f"cannot read {self._kind.name} of {what}: {error}"))
        return found

    def _below(self, fields: Document) -> list[Live]:
        kept = self._recall(f"below {fields}", lambda: _plain(_below(self._client, self._kind, fields)))
        return [Live(self._kind.name, id_, document) for id_, document in kept]

    def _known(self, call: Call, id_: str, document: Document) -> list[Live]:
        kept = self._recall(
            f"read {id_}",
            lambda: _plain(filter(None, [read_by_id(self._client, self._kind, call, id_, document)])),
        )
        return [Live(self._kind.name, id_, document) for id_, document in kept]


def _plain(found: Iterator[Live] | list[Live]) -> JSON:
    return [[live.id, live.answer] for live in found]


def _with(document: Document, place: Path, value: JSON) -> Document:
    """The document with the id of the object above."""
    found: Document = copy(document)
    put(found, place, value)
    return found


def _is_plain(value: object) -> bool:
    """Whether it is a value, not a reference to what does not exist yet."""
    return bool(value) and "${" not in str(value)


def _below(client: Client, kind: Kind, fields: Document) -> list[Live]:
    """The objects below one parent; none below one that is gone."""
    api = api_of(kind)
    try:
        if api.list is not None:
            return _listed(client, kind, api, api.list, fields)
        found = read_by_id(client, kind, api.read, "", fields) if api.read else None
    except ApiError as error:
        if is_gone(api, error):
            return []
        raise
    return [found] if found else []


def _listed(client: Client, kind: Kind, api: Api, call: Call, fields: Document) -> list[Live]:
    with permission(kind, "read"):
        answers = items(client, api, call, fields)
    place = parse_path(api.parent[0])
    own = [
        live_of(kind, _with(api.envelope.item(answer), place, get(fields, place)), call)
        for answer in answers
        if is_own(kind, {**answer, **api.envelope.item(answer)})
    ]
    if not api.summary or api.read is None:
        return own
    whole = [read_by_id(client, kind, api.read, live.id, live.document) for live in own]
    return [live for live in whole if live is not None]

"""Read the live objects of several kinds: lists first, every list once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from ddconf.cache.folder import cache_folder
from ddconf.datadog.objects.read_request import ReadRequest
from ddconf.errors import ApiError, DdconfError, Diagnostic
from ddconf.kind import Kind, Live, find_kind

if TYPE_CHECKING:
    from ddconf.cache.response_journal import ResponseJournal
    from ddconf.datadog.http.client import Client
    from ddconf.datadog.objects.reader import ObjectReader, ReadProgress
    from ddconf.definitions.settings import Settings

Kinds = Callable[[str], Kind]


@dataclass(slots=True)
class FetchProgress:
    """How far a run is, for whoever watches."""

    stage: str = "Reading"
    progress: ReadProgress | None = None


def kinds_for(settings: Settings, *, sandbox: bool) -> Kinds:
    """The kinds as this workspace can reach them.

    What has no public API (`Kind.manual`) is live on the sandbox alone; elsewhere its changes are a person's,
    or go through the web session where the settings say so.
    """

    @cache
    def kind_named(name: str) -> Kind:
        kind = find_kind(name)
        if kind.manual and not sandbox and settings.facets.source != "session":
            return replace(kind, api=None)
        return kind

    return kind_named


def clients_for(client: Client, settings: Settings, *, sandbox: bool) -> Callable[[Kind], Client]:
    """The client that reaches a kind: the one with keys, or for facets by web session one of their own."""

    @cache
    def web_session() -> Client:
        from ddconf.datadog.facets import session

        return session.connect(_env(settings), scope_id=settings.facets.scope_id)

    def client_for(kind: Kind) -> Client:
        by_session = kind.manual and not sandbox and settings.facets.source == "session"
        return web_session() if by_session else client

    return client_for


def _env(settings: Settings) -> Mapping[str, str]:
    """The environment, with the settings' site where it names none."""
    return {"DD_SITE": settings.site or "", **settings.env}


def kinds_named(names: Iterable[str]) -> tuple[Kind, ...]:
    """The kinds of these names, each once and in their order."""
    return tuple(map(find_kind, sorted(set(names))))


def fetch(
    client: Client, names: Iterable[str], settings: Settings, *, sandbox: bool
) -> Mapping[str, list[Live]]:
    """Every live object of these kinds; raises with all kinds that could not be read in full."""
    found, failed = fetch_what_can_be(client, ReadRequest(kinds_named(names)), settings, sandbox=sandbox)
    if failed:
        raise DdconfError(*failed.values())
    return found


def fetch_what_can_be(
    client: Client,
    request: ReadRequest,
    settings: Settings,
    *,
    sandbox: bool,
    on_listed: Callable[[Iterable[Live]], object] = lambda _items: None,
    on_object: Callable[[Live], object] = lambda _live: None,
) -> tuple[dict[str, list[Live]], dict[str, Diagnostic]]:
    """The live objects by kind, and why other kinds could not be read in full.

    `on_listed` is called with what is whole once its list has arrived, `on_object` with each object once it
    is whole, both while others are still being read.
    """
    found: dict[str, list[Live]] = {}
    failed: dict[str, Diagnostic] = {}
    names = sorted({kind.name for kind in (*request.kinds, *request.list_only)})
    with reading(client, request, settings, sandbox=sandbox, on_listed=on_listed) as reader:
        for name in names:
            items = found[name] = []
            try:
                for live in reader.objects(name):
                    on_object(live)
                    items.append(live)
            except DdconfError as error:
                del found[name]
                failed[name] = unknown(name, error)
    return found, failed


@contextmanager
def reading(
    client: Client,
    request: ReadRequest,
    settings: Settings,
    *,
    sandbox: bool,
    journal: ResponseJournal | None = None,
    progress: FetchProgress | None = None,
    on_listed: Callable[[Iterable[Live]], object] = lambda _items: None,
) -> Iterator[ObjectReader]:
    """What is live while it is read, see ObjectReader; the settings say where what has no API comes from."""
    from ddconf.datadog.objects.reader import ObjectReader

    without_api = [kind for kind in request.kinds if kind.manual and not sandbox]
    reader = ObjectReader(
        client,
        replace(request, kinds=tuple(kind for kind in request.kinds if kind not in without_api)),
        cache=None if sandbox else cache_folder(settings.root),
        journal=journal,
        on_listed=on_listed,
    )
    if progress is not None:
        progress.progress = reader.progress
    with reader:
        for kind in without_api:
            try:
                reader.add(kind.name, _from_the_web(kind, settings))
            except DdconfError as error:
                reader.add(kind.name, error)
        yield reader


def unknown(name: str, error: DdconfError) -> Diagnostic:
    """Why a kind could not be read in full, and what that means."""
    if isinstance(error, ApiError) and error.status in (401, 403):
        (told,) = error.diagnostics
        hint = told.hint or "`ddconf auth check` says what the keys can do"
        return Diagnostic(f"cannot read {name}: {told.message}", hint=hint)
    hint = "nothing is planned or changed, since what is not read in full could be lost or doubled"
    return Diagnostic(f"cannot read {name}: {error}", hint=hint)


def _from_the_web(kind: Kind, settings: Settings) -> list[Live]:
    """The live objects of a kind without a public API, from where the settings say; raises DdconfError."""
    if settings.facets.source == "session":
        from ddconf.datadog.facets import session

        return session.list_facets(kind, settings.facets, env=_env(settings))
    if settings.facets.source == "dump" and settings.facets.dump:
        from ddconf.datadog.facets import dump

        return dump.read_facets(kind, settings.root / settings.facets.dump)
    return []

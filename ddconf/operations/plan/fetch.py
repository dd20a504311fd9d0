"""Read the live objects of several kinds: lists first, every list once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from ddconf.cache.folder import cache_folder
from ddconf.errors import ApiError, DdconfError, Diagnostic
from ddconf.kind import NONE, Kind, Live, find_kind

if TYPE_CHECKING:
    from ddconf.cache.response_journal import ResponseJournal
    from ddconf.datadog.http.client import Client
    from ddconf.datadog.objects.nested import Known
    from ddconf.datadog.objects.reader import Find, Listed, Progress, Reading
    from ddconf.definitions.settings import Settings

Kinds = Callable[[str], Kind]


@dataclass(slots=True)
class FetchProgress:
    """How far a run is, for whoever watches."""

    stage: str = "Reading"
    progress: Progress | None = None


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


def nothing_known(_listed: Listed) -> Mapping[str, Known]:
    """Of objects that no one list shows, those below listed ones are enough."""
    return NONE


def fetch(
    client: Client,
    names: Iterable[str],
    settings: Settings,
    *,
    sandbox: bool,
    known: Find = nothing_known,
) -> Mapping[str, list[Live]]:
    """Every live object of these kinds; raises with all kinds that could not be read in full."""
    found, failed = fetch_what_can_be(client, names, settings, sandbox=sandbox, known=known)
    if failed:
        raise DdconfError(*failed.values())
    return found


def fetch_what_can_be(
    client: Client,
    names: Iterable[str],
    settings: Settings,
    *,
    sandbox: bool,
    in_brief: Iterable[str] = (),
    known: Find = nothing_known,
    listed: Listed = NONE,
    expected: Mapping[str, int] = NONE,
    look: Callable[[Live], object] = lambda _live: None,
    glance: Callable[[Iterable[Live]], object] = lambda _items: None,
) -> tuple[dict[str, list[Live]], dict[str, Diagnostic]]:
    """The live objects by kind, and why other kinds could not be read in full.

    `look` is called with each object once it is whole, while others are still being read; for the rest see
    Reading.
    """
    names, in_brief = set(names), set(in_brief)
    found: dict[str, list[Live]] = {}
    failed: dict[str, Diagnostic] = {}
    with reading(
        client,
        names,
        settings,
        sandbox=sandbox,
        in_brief=in_brief,
        known=known,
        listed=listed,
        expected=expected,
        glance=glance,
    ) as live:
        for name in sorted(names | in_brief):
            try:
                found[name] = list(_seen(live.whole(name), look))
            except DdconfError as error:
                failed[name] = unknown(name, error)
    return found, failed


def _seen(items: Iterator[Live], look: Callable[[Live], object]) -> Iterator[Live]:
    for live in items:
        look(live)
        yield live


@contextmanager
def reading(
    client: Client,
    names: Iterable[str],
    settings: Settings,
    *,
    sandbox: bool,
    in_brief: Iterable[str] = (),
    known: Find = nothing_known,
    listed: Listed = NONE,
    unread: list[Diagnostic] | None = None,
    kept: ResponseJournal | None = None,
    course: FetchProgress | None = None,
    expected: Mapping[str, int] = NONE,
    late: Collection[str] = (),
    glance: Callable[[Iterable[Live]], object] = lambda _items: None,
) -> Iterator[Reading]:
    """What is live while it is read, see Reading; the settings say where what has no API comes from."""
    from ddconf.datadog.objects.reader import Reading

    kinds = [find_kind(name) for name in sorted(set(names))]
    by_hand = [kind for kind in kinds if kind.manual and not sandbox]
    begun = Reading(
        client,
        [kind for kind in kinds if kind not in by_hand],
        in_brief=map(find_kind, sorted(in_brief)),
        cache=None if sandbox else cache_folder(settings.root),
        known=known,
        listed=listed,
        unread=unread,
        kept=kept,
        expected=expected,
        late=late,
        glance=glance,
    )
    if course is not None:
        course.progress = begun.progress
    with begun as found:
        for kind in by_hand:
            try:
                found.listed[kind.name] = _from_the_web(kind, settings)
            except DdconfError as error:
                found.failed[kind.name] = error
        yield found


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

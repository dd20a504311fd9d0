"""Export from the organisation to files and state, with the proof that its plan is empty."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ddconf.address import Address
from ddconf.cache.comparison_cache import remembered_comparisons
from ddconf.cache.folder import cache_file
from ddconf.cache.store import Cache
from ddconf.datadog.objects.read_request import ReadRequest
from ddconf.document import Document, get, parse_path
from ddconf.errors import ApiError, DdconfError, Diagnostic
from ddconf.kind import Kind, Live, find_kind
from ddconf.operations.export.files import Files
from ddconf.operations.export.known_secrets import KnownSecrets
from ddconf.operations.export.left_out import closed_kinds
from ddconf.operations.export.names import (
    kinds_listed_for_names,
    targets_of,
    unreferenced_kinds,
)
from ddconf.operations.export.one_object import ExportContext
from ddconf.operations.export.parallel import ExportWorkers
from ddconf.operations.export.prune import deleted_outside, prune
from ddconf.operations.export.selection import ExportRequest, Survey, follow, survey
from ddconf.operations.export.session import ExportSession
from ddconf.operations.plan.fetch import FetchProgress, kinds_for, kinds_named, reading, unknown
from ddconf.operations.plan.plan import compare, comparisons_file
from ddconf.operations.plan.unlisted import KnownObjects
from ddconf.operations.schema import write_schema_file
from ddconf.plans.change import Action, Change
from ddconf.state.journal import recorder
from ddconf.state.model import State
from ddconf.state.protocol import Backend

if TYPE_CHECKING:
    from ddconf.cache.response_journal import ResponseJournal
    from ddconf.datadog.http.client import Client
    from ddconf.datadog.objects.reader import ObjectReader
    from ddconf.definitions.load import Definitions
    from ddconf.definitions.settings import Settings


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What an export did: `left` is what its own plan still changes, `problems` what could not be done.

    `circles` are references that stay ids, `absent` kinds that Datadog does not have for the organisation,
    `deleted` definitions whose objects were deleted outside, `pruned` those of them that were taken out,
    `of_others` what was left to the state that owns it, with its mark.
    """

    survey: Survey
    taken: Collection[Address]
    files: tuple[Path, ...]
    left: tuple[Change, ...]
    problems: tuple[Diagnostic, ...]
    circles: Mapping[Address, Collection[Address]] = field(default_factory=dict)
    absent: tuple[str, ...] = ()
    deleted: tuple[Address, ...] = ()
    pruned: tuple[Address, ...] = ()
    of_others: Mapping[Address, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExportRun:
    """How an export runs: `journal` has what a run that was interrupted has read."""

    sandbox: bool = False
    journal: ResponseJournal | None = None
    progress: FetchProgress = field(default_factory=FetchProgress)


@dataclass(frozen=True, slots=True)
class _Answers:
    """What was read of the kinds that were asked for, and why others could not be."""

    live: Mapping[str, list[Live]]
    failed: Mapping[str, DdconfError]
    read_errors: tuple[Diagnostic, ...]


def export(
    client: Client,
    settings: Settings,
    load: Callable[[], Definitions],
    backend: Backend,
    state: State,
    request: ExportRequest,
    run: ExportRun,
) -> ExportResult:
    """Write definitions and entries of the selected objects; hold the state's lock.

    What cannot be read or written is a problem of its own, which stops nothing else.
    """
    definitions = load()
    before, state = state, follow(state, definitions)
    session, answers = _read(client, settings, definitions, state, request, run)
    plan = partial(compare, settings, live=answers.live, site=client.site, kinds=session.kinds)
    circles, written = _write_files(session, definitions, plan)
    gone = _deleted_outside(session, definitions, answers, state, request)
    pruned, changed, unpruned = prune(gone if request.prune else (), definitions.items)
    with recorder(backend, state) as journal:
        journal.take_over(session.entries)  # without them, the next plan adopts what was written
        for address in pruned:
            journal.record(address, None)
        journal.fold(always=state is not before)
        run.progress.stage = "Checking"
        session.parsed.save()
        file = comparisons_file(settings, sandbox=run.sandbox)
        with remembered_comparisons(file, session.unchanged) as unchanged:
            changes = plan(load(), journal.state, unchanged=unchanged)
        journal.take_over(session.state_only(changes))
    absent = tuple(name for name, error in answers.failed.items() if _is_absent(error))
    unreadable = (unknown(name, error) for name, error in answers.failed.items() if name not in absent)
    problems = (*unreadable, *answers.read_errors, *session.problems, *session.files.problems, *unpruned)
    left = _ours(changes, session)
    return ExportResult(
        session.survey,
        tuple(session.taken),
        (*written, *(file for file in changed if file.exists() and file not in written)),
        left,
        problems,
        circles,
        absent,
        gone,
        tuple(pruned),
        session.of_others,
    )


def _deleted_outside(
    session: ExportSession,
    definitions: Definitions,
    answers: _Answers,
    state: State,
    request: ExportRequest,
) -> tuple[Address, ...]:
    """Of the kinds that were asked for, unless only some of their objects were."""
    if request.selection.names or request.selection.ids or request.selection.exactly is not None:
        return ()
    live = {kind: items for kind, items in answers.live.items() if kind in request.kinds}
    return deleted_outside(definitions.items, state, live, set(session.survey.addresses.values()))


def _read(
    client: Client,
    settings: Settings,
    definitions: Definitions,
    state: State,
    request: ExportRequest,
    run: ExportRun,
) -> tuple[ExportSession, _Answers]:
    """Read the organisation, and make definitions of its objects as they arrive."""
    kinds = kinds_for(settings, sandbox=run.sandbox)
    asked = {*request.kinds, *(address.kind for address in definitions.items)}
    told = [(name, id_, _parts(find_kind(name), id_)) for name, id_ in request.named]
    wanted = ReadRequest(
        kinds_named(asked),
        list_only=kinds_named(kinds_listed_for_names(request.kinds) - asked),
        hints=KnownObjects(definitions.items, state.entries, kinds, told=told).hints,
        deferrable=unreferenced_kinds(),
        skips_unreadable=True,
    )
    look = partial(survey, state=state, definitions=definitions, kinds=kinds, closed=closed_kinds(settings))
    files = Files(settings.root, request.out, request.layout)
    journal, progress = run.journal, run.progress
    with (
        ExitStack() as stack,
        reading(client, wanted, settings, sandbox=run.sandbox, journal=journal, progress=progress) as reader,
    ):
        _wait_for_names(reader, request.kinds)
        found = look(reader.listed, request)
        write_schema_file(settings.root)
        workers = stack.enter_context(
            ExportWorkers(_context(found, state, files, request.kinds, client.site))
        )
        parsed = Cache(cache_file(settings.root, "definitions"))
        secrets = KnownSecrets.of(settings)
        session = ExportSession(
            state,
            definitions.items,
            kinds,
            found,
            files,
            workers,
            parsed,
            secrets,
            adopt=request.adopt,
            site=client.site,
        )
        deferred = asked - reader.listed.keys()
        at_hand = [name for name in asked - deferred if not reader.is_summary(name)]
        live = _take(at_hand, reader, session)
        if _wait_for(deferred, reader):
            # Only now are these seen; the names that were given before stay.
            shown = _with_targets(deferred, reader.listed)
            named = {**request.named, **found.addresses}
            session.survey = found.joined(look(shown, replace(request, named=named)))
        live = {**reader.listed, **live, **_take(asked - live.keys(), reader, session)}
        run.progress.stage = "Writing"
        session.write(workers.drain())
    failed = {name: error for name, error in reader.failed.items() if name in asked}
    live = {name: items for name, items in live.items() if name not in failed}
    return session, _Answers(live, failed, reader.read_errors)


def _write_files(
    session: ExportSession, definitions: Definitions, plan: Callable[[Definitions, State], Iterable[Change]]
) -> tuple[Mapping[Address, Collection[Address]], tuple[Path, ...]]:
    """Edit the definitions that differ and write the new ones; gives circles of references, and the files."""
    circles = session.break_circles()
    if definitions.items:
        differing = _ours(plan(definitions, session.state_before()), session)
        refused = session.files.edit(differing, definitions.items, session.document, session.secrets)
        session.accept({change.address for change in differing} - refused)
    written, lost = session.files.save(session.levels())
    session.forget(lost)
    return circles, tuple(written)


def _context(found: Survey, state: State, files: Files, kinds: Iterable[str], site: str) -> ExportContext:
    ids = {key: str(named) for key, named in found.names.ids.items()}
    return ExportContext(ids, found.names.handles, state.lineage, files.heads(kinds), site)


def _parts(kind: Kind, id_: str) -> Document:
    """The values that an id is made of, where it is made of those of the key."""
    values = id_.split("/")
    return dict(zip(kind.key, values, strict=True)) if not kind.id and len(values) == len(kind.key) else {}


def _wait_for(names: Collection[str], reader: ObjectReader) -> bool:
    """Wait for the objects of these kinds; whether there are any."""
    for name in sorted(names):
        reader.wait_for(name)
    return any(reader.listed.get(name) for name in names)


def _with_targets(names: Collection[str], listed: Mapping[str, list[Live]]) -> dict[str, list[Live]]:
    """Of these objects, those of some kinds and of what they refer to."""
    wanted = targets_of(names) | set(names)
    return {name: items for name, items in listed.items() if name in wanted}


def _take(names: Iterable[str], reader: ObjectReader, session: ExportSession) -> dict[str, list[Live]]:
    """Take the objects of each kind as they arrive, first those that are there with their lists.

    What refers to others comes after all that does not, so that most files can be written at once. Gives
    the kinds that were read in full.
    """
    taken: dict[str, list[Live]] = {}
    order = {name: (reader.is_summary(name), bool(find_kind(name).targets), name) for name in names}
    for name in sorted(order, key=order.__getitem__):
        items = []
        try:
            for item in reader.objects(name):
                session.add(item)
                items.append(item)
        except DdconfError as error:
            reader.add(name, error)
        else:
            taken[name] = items
    return taken


def _wait_for_names(reader: ObjectReader, names: Iterable[str]) -> None:
    """Wait for the objects whose lists do not tell what they are called."""
    for name in names:
        paths = [parse_path(path) for path in find_kind(name).key]
        if reader.is_summary(name) and any(
            get(item.document, path) is None for item in reader.listed[name] for path in paths
        ):
            reader.wait_for(name)


def _is_absent(error: DdconfError) -> bool:
    """Whether Datadog does not have such things here: a product that is not on this site, or not bought."""
    return isinstance(error, ApiError) and error.status == 404 and bool(error.errors)


def _ours(changes: Iterable[Change], session: ExportSession) -> tuple[Change, ...]:
    return tuple(
        change
        for change in changes
        if change.address in session.taken and (change.fields or change.action is not Action.NOOP)
    )

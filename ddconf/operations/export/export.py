"""Export from the organisation to files and state, with the proof that its plan is empty."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ddconf.address import Address
from ddconf.cache.comparison_cache import UnchangedFingerprints
from ddconf.cache.folder import cache_folder
from ddconf.cache.store import Cache
from ddconf.datadog.objects.read_request import ReadRequest
from ddconf.document import Document, get, parse_path
from ddconf.errors import ApiError, DdconfError, Diagnostic
from ddconf.kind import Kind, Live, find_kind
from ddconf.operations.export.files import Files
from ddconf.operations.export.names import (
    UNKNOWN,
    Addresses,
    kinds_listed_for_names,
    targets_of,
    unreferenced_kinds,
)
from ddconf.operations.export.one_object import ExportContext
from ddconf.operations.export.parallel import ExportWorkers
from ddconf.operations.export.selection import Selection, Survey, follow, survey
from ddconf.operations.export.session import ExportSession
from ddconf.operations.plan.fetch import FetchProgress, kinds_for, kinds_named, reading, unknown
from ddconf.operations.plan.plan import compare, load_fingerprints, save_fingerprints
from ddconf.operations.plan.unlisted import object_hints
from ddconf.operations.schema import place
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
class Exported:
    """What an export did: `left` is what its own plan still changes, `problems` what could not be done.

    `circles` are references that stay ids, `absent` kinds that Datadog does not have for the organisation.
    """

    survey: Survey
    taken: Collection[Address]
    files: tuple[Path, ...]
    left: tuple[Change, ...]
    problems: tuple[Diagnostic, ...]
    circles: Mapping[Address, Collection[Address]] = field(default_factory=dict)
    absent: tuple[str, ...] = ()


def export(
    client: Client,
    settings: Settings,
    load: Callable[[], Definitions],
    backend: Backend,
    state: State,
    names: Collection[str],
    selection: Selection,
    *,
    out: Path = Path(),
    layout: str = "object",
    sandbox: bool = False,
    named: Addresses = UNKNOWN,
    kept: ResponseJournal | None = None,
    course: FetchProgress | None = None,
) -> Exported:
    """Write definitions and entries of the selected objects of these kinds; hold the state's lock.

    `named` are the addresses that new definitions get, for objects that have names elsewhere. What cannot be
    read or written is a problem of its own, which stops nothing else. `kept` has what a run that did not come
    to its end has read.
    """
    course = course or FetchProgress()
    kinds = kinds_for(settings, sandbox=sandbox)
    definitions = load()
    before, state = state, follow(state, definitions)
    told = [(name, id_, _parts(find_kind(name), id_)) for name, id_ in named]
    asked = {*names, *(address.kind for address in definitions.items)}
    request = ReadRequest(
        kinds_named(asked),
        list_only=kinds_named(kinds_listed_for_names(names) - asked),
        hints=object_hints(definitions.items, state.entries, kinds, told=told),
        deferrable=unreferenced_kinds(),
        skips_unreadable=True,
    )
    files = Files(settings.root, out, layout)
    with (
        ExitStack() as stack,
        reading(client, request, settings, sandbox=sandbox, journal=kept, progress=course) as reader,
    ):
        _settle_the_nameless(reader, names)
        look = partial(
            survey, wanted=names, state=state, definitions=definitions, kinds=kinds, selection=selection
        )
        found = look(reader.listed, named=named)
        place(settings.root)
        workers = stack.enter_context(ExportWorkers(_around(found, state, files, names)))
        folder = cache_folder(settings.root)
        parsed = Cache(folder and folder / "definitions")
        taking = ExportSession(state, definitions.items, kinds, found, files, workers, parsed)
        late = asked - reader.listed.keys()
        live = _take((name for name in asked - late if not reader.is_summary(name)), reader, taking)
        if _settle(late, reader):
            shown = _with_targets(late, reader.listed)
            taking.survey = found.joined(look(shown, named={**named, **found.addresses}))
        live = {**reader.listed, **live, **_take(asked - live.keys(), reader, taking)}
        course.stage = "Writing"
        taking.note(workers.drain())
    failed = {name: error for name, error in reader.failed.items() if name in asked}
    live = {name: items for name, items in live.items() if name not in failed}
    plan = partial(compare, settings, live=live, site=client.site, kinds=kinds)
    circles = taking.break_circles()
    if definitions.items:
        differing = _ours(plan(definitions, taking.state_before()), taking)
        files.edit(differing, definitions.items, taking.document)
        taking.accept({change.address for change in differing})
    written, lost = files.save(taking.levels())
    taking.forget(lost)
    with recorder(backend, state) as journal:
        journal.take_over(taking.entries)  # without them, the next plan adopts what was written
        journal.fold(always=state is not before)
        course.stage = "Checking"
        parsed.save()
        settled = UnchangedFingerprints(taking.settled)
        changes = plan(load(), journal.state, unchanged=settled)
        save_fingerprints(load_fingerprints(settings, sandbox=sandbox), settled)
        journal.take_over(taking.bookkeeping(changes))
    left = _ours(changes, taking)
    absent = tuple(name for name, error in failed.items() if _is_absent(error))
    unreadable = (unknown(name, error) for name, error in failed.items() if name not in absent)
    problems = (*unreadable, *reader.read_errors, *taking.problems, *files.problems)
    return Exported(taking.survey, tuple(taking.taken), tuple(written), left, problems, circles, absent)


def _around(found: Survey, state: State, files: Files, kinds: Iterable[str]) -> ExportContext:
    ids = {key: str(named) for key, named in found.names.ids.items()}
    return ExportContext(ids, found.names.handles, state.lineage, files.heads(kinds))


def _parts(kind: Kind, id_: str) -> Document:
    """The values that an id is made of, where it is made of those of the key."""
    values = id_.split("/")
    return dict(zip(kind.key, values, strict=True)) if not kind.id and len(values) == len(kind.key) else {}


def _settle(names: Collection[str], reader: ObjectReader) -> bool:
    """Wait for the objects of these kinds; whether there are any."""
    for name in sorted(names):
        reader.wait_for(name)
    return any(reader.listed.get(name) for name in names)


def _with_targets(names: Collection[str], listed: Mapping[str, list[Live]]) -> dict[str, list[Live]]:
    """Of these objects, those of some kinds and of what they refer to."""
    wanted = targets_of(names) | set(names)
    return {name: items for name, items in listed.items() if name in wanted}


def _take(names: Iterable[str], reader: ObjectReader, taking: ExportSession) -> dict[str, list[Live]]:
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
                taking.add(item)
                items.append(item)
        except DdconfError as error:
            reader.add(name, error)
        else:
            taken[name] = items
    return taken


def _settle_the_nameless(reader: ObjectReader, names: Iterable[str]) -> None:
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


def _ours(changes: Iterable[Change], taking: ExportSession) -> tuple[Change, ...]:
    return tuple(
        change
        for change in changes
        if change.address in taking.taken and (change.fields or change.action is not Action.NOOP)
    )

"""One live object made into its definition's text, its entry and the proof of both; plain values in and out.

That it needs nothing of what else was read is what lets other processes do it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ddconf.address import Address
from ddconf.cache.comparison_cache import fingerprint
from ddconf.cache.parse_cache import parse_text, read
from ddconf.datadog.schema import schema
from ddconf.definitions import references
from ddconf.definitions.definition import Definition
from ddconf.definitions.yaml import write
from ddconf.document import Document, Packed, copy, drop, parse_path, unpack
from ddconf.errors import DdconfError
from ddconf.kind import Kind, Live, find_kind
from ddconf.kind.mark import without_marks
from ddconf.kind.page import object_page
from ddconf.operations.export.as_definition import present, without_foreign_items
from ddconf.plans.comparison import NormalizationContext
from ddconf.plans.decision import ResolvedDefinition, decide
from ddconf.plans.matching import Match
from ddconf.state.model import Entry
from ddconf.state.serialization import entry_text

PROTECTED: Document = {"ddconf": {"protect": True}}


@dataclass(frozen=True, slots=True)
class ExportContext:
    """What all objects share: how others are called, as texts, and the state's lineage.

    `heads` are the first lines of new files by kind, where each definition has a file of its own. `site` is
    that of the pages which comments name.
    """

    ids: Mapping[tuple[str, str], str]
    handles: Mapping[str, str]
    lineage: str
    heads: Mapping[str, str]
    site: str = ""


class ExportTask(NamedTuple):
    """The object to take under a name; `is_packed` tells whether the plan too will find it packed.

    `protected` is an object whose definition was, and is lost.
    """

    kind: str
    name: str
    id: str
    content: Packed
    is_packed: bool
    protected: bool = False


class ExportedObject(NamedTuple):
    """`text` is that of the definition; empty for settings that nobody has made yet, which are not taken.

    `parsed` is the parsed form of its file with its key, `unchanged` the fingerprint of what needs no change;
    both may be missing. With a `problem` there is nothing else.
    """

    kind: str
    name: str
    text: str = ""
    needs: tuple[str, ...] = ()
    line: bytes = b""
    parsed: tuple[bytes, bytes] | None = None
    unchanged: bytes | None = None
    problem: str = ""


def worker(about: tuple[object, ...]) -> Callable[[list[tuple[object, ...]]], list[tuple[object, ...]]]:
    """What another process does; see `WorkerProcesses`. `about` are the values of an ExportContext."""
    context = ExportContext(*about)  # type: ignore[arg-type]
    return lambda tasks: [tuple(take(ExportTask(*task), context)) for task in tasks]  # type: ignore[arg-type]


def take(task: ExportTask, context: ExportContext) -> ExportedObject:
    """Never fails: one object that cannot be taken stops no other."""
    kind = find_kind(task.kind)
    document: Document = without_marks(unpack(task.content))
    try:
        ours = without_foreign_items(kind, document, context.ids)
        shown = present(kind, ours, context.ids, context.handles) if ours is not None else {}
        if ours is None or (not shown and schema.required(kind)):
            return ExportedObject(task.kind, task.name)
        needs = references.needs(shown)
        if task.protected:
            shown = {**PROTECTED, **shown}
        comment = object_page(kind, document, task.id, context.site)
        text = write.definition(Address(task.kind, task.name), shown, comment)
        line = entry_line(kind, task.id, ours, needs, context.lineage, protected=task.protected)
        taken = ExportedObject(task.kind, task.name, text, tuple(map(str, needs)), line)
        return _proven(taken, task, kind, context) if task.kind in context.heads else taken
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        problem = f"{task.kind} {task.id} has a shape that cannot be written: {error}"
        return ExportedObject(task.kind, task.name, problem=problem)


def entry_line(
    kind: Kind,
    id_: str,
    document: Document,
    needs: tuple[Address, ...],
    lineage: str,
    *,
    protected: bool = False,
) -> bytes:
    """The entry: what is live counts as applied, but for secrets, which nobody knows."""
    observed = NormalizationContext(kind, (), (), lineage.encode()).normalize(document)
    applied = observed
    if kind.secrets:
        applied = copy(observed)
        for pattern in kind.secrets:
            drop(applied, parse_path(pattern))
    return entry_text(Entry(id_, applied, observed, needs, protected))


def _proven(taken: ExportedObject, task: ExportTask, kind: Kind, context: ExportContext) -> ExportedObject:
    """With its file read back, and compared if it refers to nothing: see EarlyComparison."""
    content = f"{context.heads[task.kind]}{taken.text}".encode()
    try:
        key, parsed = parse_text(content, "export.yaml")
    except DdconfError:
        return taken  # whoever loads the file will say what is wrong
    return taken._replace(
        parsed=(key, parsed), unchanged=_unchanged(taken, parsed, task, kind, context.lineage)
    )


def _unchanged(
    taken: ExportedObject, parsed: bytes, task: ExportTask, kind: Kind, lineage: str
) -> bytes | None:
    file = read(parsed)
    if taken.needs or not file.rows or not kind.key:
        return None
    ((_, _, start, end, _),) = file.rows
    address = Address(task.kind, task.name)
    definition = Definition(address, file.content[start:end], refers=False)
    entry = Entry.stored(task.id, (), False, taken.line)
    live = Live(task.kind, task.id, task.content if task.is_packed else unpack(task.content))
    match = Match(address, definition, entry, live)
    change = decide(
        match, ResolvedDefinition(definition, definition.document, (), ()), kind, lineage.encode()
    )
    return fingerprint(match, kind, lineage, []) if change is None else None

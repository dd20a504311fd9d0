"""A folder of files -> Definitions, or every mistake in them at once: the first stage of every command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ddconf.address import Address
from ddconf.cache.file_signatures import FileSignatures
from ddconf.cache.folder import cache_file
from ddconf.cache.parse_cache import File, key_of, parse, parse_in_workers
from ddconf.cache.store import Cache
from ddconf.definitions.check import check_moves, check_references, expand_wildcards, find_references
from ddconf.definitions.definition import Definition, MovedBlock, RemovedBlock
from ddconf.definitions.files import find_files, read_bytes, shown, working_folder
from ddconf.definitions.other_files import Foreign, judge
from ddconf.definitions.sections import Found, foreign_document, is_foreign, names_a_kind, read_document
from ddconf.definitions.settings import Settings
from ddconf.definitions.shape_checks import by_place
from ddconf.definitions.substitute import Scope
from ddconf.definitions.yaml.positions import Positions
from ddconf.errors import DdconfError, Diagnostic, Severity, Source

_WORTH_KEEPING = 20_000
"""Bytes; fewer are parsed as quickly as they are looked up."""
_LEAST_NEWS = 0.01
"""A smaller share of new files is parsed again as quickly as all that is kept is written."""


@dataclass(frozen=True, slots=True)
class Definitions:
    """What a folder holds; `items` in the order of files and of text."""

    items: Mapping[Address, Definition]
    moved: tuple[MovedBlock, ...] = ()
    removed: tuple[RemovedBlock, ...] = ()
    """Addresses that ddconf forgets without deleting the object."""
    warnings: tuple[Diagnostic, ...] = ()
    files: tuple[str, ...] = ()
    """The files that hold kinds, with definitions or without."""

    def refuse_emptiness(self, root: Path) -> None:
        """Raise DdconfError where there is no definition: most likely this is the wrong folder."""
        if not (self.items or self.moved or self.removed):
            message = f"no definition was found in {shown(root) or root}"
            raise DdconfError(Diagnostic(message, hint="name the folder of definitions: ddconf -C FOLDER"))


def load(root: Path, settings: Settings, paths: Iterable[Path] | None = None) -> Definitions:
    """The definitions below a folder, or of some files and folders alone.

    Variables are replaced and `for_each` is expanded; `${kind.name}` and `${secret.X}` are checked and stay
    text. Raises DdconfError with every mistake of every file.
    """
    reader = _Reader(settings)
    found = list(reader.read([root] if paths is None else paths, whole=paths is None))
    named = {shown(path) for path in paths or ()}
    mistakes, notes = judge(reader.foreign, reader.known, named)
    reader.unread += mistakes
    diagnostics = [*reader.diagnostics, *notes]
    items = _by_address((item for item in found if isinstance(item, Definition)), diagnostics)
    moved = tuple(item for item in found if isinstance(item, MovedBlock))
    removed = tuple(item for item in found if isinstance(item, RemovedBlock))
    referring = find_references(items)
    expand_wildcards(items, referring)
    if not reader.unread:  # else each reference to what stands in an unread file would seem to lead nowhere
        diagnostics += (*check_references(items, referring), *check_moves(items, moved, removed))
    diagnostics = sorted(dict.fromkeys((*reader.unread, *diagnostics)), key=by_place)
    if any(item.severity is Severity.ERROR for item in diagnostics):
        raise DdconfError(*diagnostics)
    return Definitions(items, moved, removed, tuple(diagnostics), tuple(dict.fromkeys(reader.known)))


@dataclass
class _Reader:
    """Reads files one by one; `unread` are the mistakes that kept a whole file from being read."""

    settings: Settings
    diagnostics: list[Diagnostic] = field(default_factory=list)
    unread: list[Diagnostic] = field(default_factory=list)
    foreign: list[Foreign] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    """The files with definitions."""

    @cached_property
    def scope(self) -> Scope:
        return Scope(self.settings.variables)

    def read(self, paths: Iterable[Path], *, whole: bool) -> Iterator[Found]:
        cache = Cache(cache_file(self.settings.root, "definitions"))
        stamps = FileSignatures(cache_file(self.settings.root, "files"))
        files = list(dict.fromkeys(self.files(paths, stamps, whole=whole)))
        parse_in_workers(files, cache)
        for file in files:
            yield from self.definitions(file, cache)
        if sum(file.size for file in files) >= _WORTH_KEEPING:
            cache.save(least=_LEAST_NEWS)
            stamps.save(whole=whole)

    def files(self, paths: Iterable[Path], stamps: FileSignatures, *, whole: bool) -> Iterator[File]:
        folder, ignore = working_folder(), self.settings.ignore
        for start in paths:
            try:
                found = find_files(start, ignore, is_whole=whole) if start.is_dir() else [str(start)]
            except DdconfError as error:
                self.unread += error.diagnostics
                continue
            for path in found:
                try:
                    yield File(path, shown(path, folder), *stamps.key(path, _key_and_size))
                except DdconfError as error:
                    self.unread += error.diagnostics

    def definitions(self, file: File, cache: Cache) -> Iterator[Found]:
        try:
            parsed = parse(file, cache)
        except DdconfError as error:
            if names_a_kind(read_bytes(file.path).decode("utf-8", "replace")):
                self.unread += error.diagnostics
            else:
                self.foreign.append(Foreign(file.shown, error.diagnostics, is_misspelt=False, is_shaped=True))
            return
        if parsed.rows:
            self.known.append(file.shown)
        for kind, name, start, middle, end in parsed.rows:
            body = parsed.content[start:middle]
            positions = Positions(file.shown, body, parsed.content[middle:end].cast("Q"))
            yield Definition(Address(kind, name), body, positions=positions, refers=False)
        for value, marks in parsed.documents:
            if value is None:
                continue
            positions = Positions(file.shown, value, memoryview(marks).cast("Q"))
            if is_foreign(value):
                found = foreign_document(value, positions, file.shown)
                self.foreign += [found] if found else []
            else:
                self.known.append(file.shown)
                yield from read_document(value, positions, self.scope, self.diagnostics)
        if not parsed.rows and all(value is None for value, _ in parsed.documents):
            severity = Severity.WARNING if read_bytes(file.path).strip() else Severity.ERROR
            source = Source(file.shown, 1, 1)
            message = "the file holds no definition"
            self.diagnostics.append(Diagnostic(message, source, "remove it", severity=severity))


def _key_and_size(path: str) -> tuple[bytes, int]:
    content = read_bytes(path)
    return key_of(content, path), len(content)


def _by_address(
    definitions: Iterable[Definition], diagnostics: list[Diagnostic]
) -> dict[Address, Definition]:
    items: dict[Address, Definition] = {}
    for definition in definitions:
        first = items.setdefault(definition.address, definition)
        if first is not definition:
            hint = f"it already stands at {first.source}; remove or rename one"
            message = f"'{definition.address}' is defined twice"
            diagnostics.append(
                Diagnostic(
                    message,
                    definition.source,
                    hint,
                    str(definition.address),
                    length=len(definition.address.name),
                )
            )
    return items

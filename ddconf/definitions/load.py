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
from ddconf.definitions.definition import Definition, Moved, Removed
from ddconf.definitions.files import find_files, read_bytes, shown, working_folder
from ddconf.definitions.sections import Found, read_document
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
    moved: tuple[Moved, ...] = ()
    removed: tuple[Removed, ...] = ()
    """Addresses that ddconf forgets without deleting the object."""
    warnings: tuple[Diagnostic, ...] = ()


def load(root: Path, settings: Settings, paths: Iterable[Path] | None = None) -> Definitions:
    """The definitions below a folder, or of some files and folders alone.

    Variables are replaced and `for_each` is expanded; `${kind.name}` and `${secret.X}` are checked and stay
    text. Raises DdconfError with every mistake of every file.
    """
    reader = _Reader(settings)
    found = list(reader.read([root] if paths is None else paths, whole=paths is None))
    diagnostics = reader.diagnostics
    items = _by_address((item for item in found if isinstance(item, Definition)), diagnostics)
    moved = tuple(item for item in found if isinstance(item, Moved))
    removed = tuple(item for item in found if isinstance(item, Removed))
    referring = find_references(items)
    expand_wildcards(items, referring)
    if not reader.unread:  # else each reference to what stands in an unread file would seem to lead nowhere
        diagnostics += (*check_references(items, referring), *check_moves(items, moved, removed))
    diagnostics = sorted(dict.fromkeys((*reader.unread, *diagnostics)), key=by_place)
    if any(item.severity is Severity.ERROR for item in diagnostics):
        raise DdconfError(*diagnostics)
    return Definitions(items, moved, removed, tuple(diagnostics))


@dataclass
class _Reader:
    """Reads files one by one; `unread` are the mistakes that kept a whole file from being read."""

    settings: Settings
    diagnostics: list[Diagnostic] = field(default_factory=list)
    unread: list[Diagnostic] = field(default_factory=list)

    @cached_property
    def scope(self) -> Scope:
        return Scope(self.settings.variables)

    def read(self, paths: Iterable[Path], *, whole: bool) -> Iterator[Found]:
        cache = Cache(cache_file(self.settings.root, "definitions"))
        stamps = FileSignatures(cache_file(self.settings.root, "files"))
        files = list(dict.fromkeys(self.files(paths, stamps)))
        parse_in_workers(files, cache)
        for file in files:
            yield from self.definitions(file, cache)
        if sum(file.size for file in files) >= _WORTH_KEEPING:
            cache.save(least=_LEAST_NEWS)
            stamps.save(whole=whole)

    def files(self, paths: Iterable[Path], stamps: FileSignatures) -> Iterator[File]:
        folder = working_folder()
        for start in paths:
            try:
                found = find_files(start, self.settings.ignore) if start.is_dir() else [str(start)]
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
            self.unread += error.diagnostics
            return
        for kind, name, start, middle, end in parsed.rows:
            body = parsed.content[start:middle]
            positions = Positions(file.shown, body, parsed.content[middle:end].cast("Q"))
            yield Definition(Address(kind, name), body, positions=positions, refers=False)
        for value, marks in parsed.documents:
            if value is not None:
                positions = Positions(file.shown, value, memoryview(marks).cast("Q"))
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

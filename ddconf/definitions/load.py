"""A folder of files -> Definitions, or every mistake in them at once: the first stage of every command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ddconf.address import Address
from ddconf.cache import Cache
from ddconf.definitions.check import check_moves, check_references, expand_wildcards, find_references
from ddconf.definitions.definition import Definition, Moved, Removed
from ddconf.definitions.expect import by_place
from ddconf.definitions.files import find_files, read_bytes, shown
from ddconf.definitions.parsed import parse, parse_apart
from ddconf.definitions.positions import Positions
from ddconf.definitions.sections import Found, read_document
from ddconf.definitions.settings import Settings
from ddconf.definitions.substitute import Scope
from ddconf.errors import DdconfError, Diagnostic, Severity, Source

_WORTH_KEEPING = 20_000
"""Bytes; fewer are parsed as quickly as they are looked up."""


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
    found = list(reader.read([root] if paths is None else paths))
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

    def read(self, paths: Iterable[Path]) -> Iterator[Found]:
        contents = dict(self.contents(paths))
        worth_keeping = sum(map(len, contents.values())) >= _WORTH_KEEPING
        cache = Cache(self.settings.root / ".ddconf" / "cache" / "definitions" if worth_keeping else None)
        parse_apart(contents, cache)
        for file in list(contents):
            yield from self.definitions(file, contents.pop(file), cache)
        cache.save()

    def contents(self, paths: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
        """Each file, by the name that messages show."""
        for path in paths:
            try:
                found = find_files(path, self.settings.ignore) if path.is_dir() else [path]
            except DdconfError as error:
                self.unread += error.diagnostics
                continue
            for file in found:
                try:
                    yield shown(file), read_bytes(file)
                except DdconfError as error:
                    self.unread += error.diagnostics

    def definitions(self, file: str, content: bytes, cache: Cache) -> Iterator[Found]:
        try:
            documents = parse(content, file, cache)
        except DdconfError as error:
            self.unread += error.diagnostics
            return
        scope = Scope(self.settings.variables)
        for value, marks in documents:
            if value is not None:
                positions = Positions(file, value, memoryview(marks).cast("Q"))
                yield from read_document(value, positions, scope, self.diagnostics)
        if all(value is None for value, _ in documents):
            severity = Severity.WARNING if content.strip() else Severity.ERROR
            message = "the file holds no definition"
            self.diagnostics.append(Diagnostic(message, Source(file, 1, 1), "remove it", severity=severity))


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

"""The files of an export: new definitions written, existing ones edited where the live object differs."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ddconf.address import Address
from ddconf.definitions import references
from ddconf.definitions.definition import Definition
from ddconf.definitions.files import is_definition_file
from ddconf.definitions.yaml import edit, reader
from ddconf.document import Document, get
from ddconf.errors import DdconfError, Diagnostic
from ddconf.operations.export.keep_references import weave
from ddconf.operations.export.known_secrets import NO_SECRETS, KnownSecrets
from ddconf.operations.schema import first_line
from ddconf.operations.write_files import write_file
from ddconf.plans.change import Change

_UNSAFE = re.compile(r"[^\w-]")


@dataclass
class Files:
    """Texts by file, new and edited, below `root`, and what could not be edited.

    New definitions get one file per object, or one per kind, in the folder `out`. Files are whole paths, as
    texts: there may be many.
    """

    root: Path
    out: Path = Path()
    layout: str = "object"
    problems: list[Diagnostic] = field(default_factory=list)
    _new: dict[str, dict[Address, str]] = field(default_factory=lambda: defaultdict(dict))
    _edited: dict[str, str] = field(default_factory=dict)
    _written: dict[str, None] = field(default_factory=dict)
    """New files as they shall be, in the order in which they were written."""
    _there: dict[str, set[str]] = field(default_factory=dict)
    """By folder, the files that are in it already."""
    _first_lines: dict[str, str] = field(default_factory=dict)
    _folders: dict[str, str] = field(default_factory=dict)

    def add(self, address: Address, text: str, needs: Iterable[Address]) -> None:
        """Write the text of a definition that did not exist, or write it anew.

        It is written at once if it has a file of its own and all that it needs is written, else when it is
        saved.
        """
        file = self._file_for(address)
        texts = self._new[file]
        texts[address] = text
        self._written.pop(file, None)
        alone = self.layout == "object" and len(texts) == 1 and not self._is_there(file)
        if alone and all(self._file_for(need) in self._written for need in needs):
            self._write(file, self._text(file))

    def heads(self, kinds: Iterable[str]) -> dict[str, str]:
        """The first line of new files, for those kinds whose definitions get one each."""
        folders = {kind: self._folder(kind) for kind in kinds} if self.layout == "object" else {}
        return {kind: self._first_line(folder) for kind, folder in folders.items()}

    def edit(
        self,
        changes: Iterable[Change],
        defined: Mapping[Address, Definition],
        live: Callable[[Address], Document],
        secrets: KnownSecrets = NO_SECRETS,
    ) -> set[Address]:
        """Bring the changed leaves of existing definitions to what is live; gives what stays as it was."""
        refused = set()
        for change in changes:
            definition = defined[change.address]
            if definition.source is None:
                continue
            file = os.path.abspath(definition.source.file)  # noqa: PTH100 - messages have it shortened
            try:
                text = self._edited.get(file) or _read(file)
                names = _secrets_of(definition)
                document = secrets.with_references(live(change.address), names)
                edits = _edits(change, text, definition, document)
                for path, value in edits.items():
                    if problem := secrets.problem(change.address, value, path):
                        raise DdconfError(replace(problem, source=definition.source))
                self._edited[file] = edit.update(text, definition.source.file, change.address, edits)
            except DdconfError as error:
                self.problems += error.diagnostics
                refused.add(change.address)
        return refused

    def save(self, levels: Iterable[Collection[Address]]) -> tuple[list[Path], set[Address]]:
        """Write every file; gives those that were, and the new definitions that are in none.

        The `levels` of new definitions are written one after the other, each after what it refers to: so what
        a killed run leaves behind can be read. Edited files come last, since they may refer to any.
        """
        level_of = {address: number for number, level in enumerate(levels) for address in level}
        by_level: dict[int, dict[str, str]] = defaultdict(dict)
        for file in self._new.keys() - self._written.keys() - self._edited.keys():
            level = max(level_of[address] for address in self._new[file])
            by_level[level][file] = self._text(file)
        edited = {
            file: self._text(file) if file in self._new else text for file, text in self._edited.items()
        }
        lost: set[Address] = set()
        for texts in (*(by_level[level] for level in sorted(by_level)), edited):
            for file in sorted(texts):
                if problems := self._write(file, texts[file]):
                    self.problems += problems
                    lost.update(self._new.get(file, ()))
        return list(map(Path, self._written)), lost

    def _write(self, file: str, text: str) -> tuple[Diagnostic, ...]:
        """Write one file; gives why it cannot be."""
        try:
            write_file(file, text)
        except DdconfError as error:
            return error.diagnostics
        self._written[file] = None
        return ()

    def _text(self, file: str) -> str:
        first, *others = self._new[file].values()
        bodies = "".join(text.partition("\n")[2] for text in others)  # the kind stands in the first already
        if file in self._edited or self._is_there(file):
            return f"{self._edited.get(file) or _read(file)}---\n{first}{bodies}"
        return f"{self._first_line(_folder_of(file))}{first}{bodies}"

    def _is_there(self, file: str) -> bool:
        folder = _folder_of(file)
        if folder not in self._there:
            found = os.scandir(folder) if Path(folder).is_dir() else ()
            self._there[folder] = {entry.path for entry in found if entry.is_file()}
        return file in self._there[folder]

    def _first_line(self, folder: str) -> str:
        if folder not in self._first_lines:
            self._first_lines[folder] = first_line(self.root, Path(folder, "file"))
        return self._first_lines[folder]

    def _file_for(self, address: Address) -> str:
        """`FOLDER/monitor/cpu.yaml`, or `FOLDER/monitor.yaml` for a layout by kind."""
        name = address.kind if self.layout == "kind" else _UNSAFE.sub("_", address.name)
        while not is_definition_file(f"{name}.yaml"):  # a monitor may be called "ddconf"
            name += "_"
        return f"{self._folder(address.kind)}/{name}.yaml"

    def _folder(self, kind: str) -> str:
        if kind not in self._folders:
            folder = os.path.abspath(self.root / self.out)  # noqa: PTH100 - `..` is taken away
            self._folders[kind] = folder if self.layout == "kind" else f"{folder}/{kind}"
        return self._folders[kind]


def _folder_of(file: str) -> str:
    return file.rpartition("/")[0]


def _read(file: str) -> str:
    return Path(file).read_text(encoding="utf-8")


def _edits(
    change: Change, text: str, definition: Definition, live: Document
) -> dict[tuple[str | int, ...], object]:
    """The new values by path; variables and references that still say the same stay as written."""
    written = _standing(text, change.address)
    edits: dict[tuple[str | int, ...], object] = {}
    for item in change.fields:
        value = get(live, item.path, edit.REMOVED)
        if value is not edit.REMOVED:
            value = weave(get(written, item.path), get(definition.document, item.path), value)
        edits[item.path] = value
    return edits


def _secrets_of(definition: Definition) -> set[str]:
    """The names of the secrets that a definition refers to."""
    found = references.find(definition.document)
    return {reference.name for _, reference in found if reference.kind == "secret"}


def _standing(text: str, address: Address) -> Document:
    """The definition as it stands in the text, variables and all; empty where it does not."""
    for document, _ in reader.load(text, ""):
        if isinstance(found := get(document, (address.kind, address.name)), dict):
            return found
    return {}

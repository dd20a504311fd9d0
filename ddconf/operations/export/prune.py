"""Definitions whose objects were deleted outside ddconf: found, and taken out of their files if asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from ddconf.address import Address
from ddconf.definitions import references
from ddconf.definitions.definition import Definition
from ddconf.definitions.yaml import edit
from ddconf.errors import DdconfError, Diagnostic
from ddconf.kind import Live
from ddconf.operations.write_files import write_file
from ddconf.state.model import State


def deleted_outside(
    defined: Collection[Address], state: State, live: Mapping[str, Iterable[Live]], found: Collection[Address]
) -> tuple[Address, ...]:
    """What is defined and was applied, of kinds that were read in full, and that is not `found` any more."""
    ids = {kind: {item.id for item in items} for kind, items in live.items()}
    return tuple(
        address
        for address, entry in state.entries.items()
        if address in defined and address not in found and entry.id not in ids.get(address.kind, {entry.id})
    )


def prune(
    gone: Iterable[Address], defined: Mapping[Address, Definition]
) -> tuple[list[Address], list[Path], list[Diagnostic]]:
    """Take definitions out of their files; gives which, the files, and why others stay."""
    pruned: list[Address] = []
    files: list[Path] = []
    problems: list[Diagnostic] = []
    leaving = set(gone)
    for address in sorted(leaving):
        definition = defined[address]
        try:
            _refuse_if_needed(address, definition, defined, leaving)
            if definition.source is not None:
                files.append(_remove(address, Path(definition.source.file)))
            pruned.append(address)
        except DdconfError as error:
            problems += error.diagnostics
    return pruned, files, problems


def _refuse_if_needed(
    address: Address, definition: Definition, defined: Mapping[Address, Definition], leaving: set[Address]
) -> None:
    for other, one in defined.items():
        if other not in leaving and address in references.needs(one.document):
            message = f"the definition of {address} stays: {other} refers to it"
            raise DdconfError(Diagnostic(message, definition.source, f"change {other} first"))


def _remove(address: Address, file: Path) -> Path:
    text = edit.remove(file.read_text("utf-8"), str(file), address)
    if text:
        write_file(str(file), text)
    else:
        file.unlink()
    return file

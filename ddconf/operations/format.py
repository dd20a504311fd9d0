"""Format the definition files of folders."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ddconf.definitions.files import decode, find_files, read_bytes, shown
from ddconf.definitions.other_files import is_shaped
from ddconf.definitions.sections import is_foreign, names_a_kind
from ddconf.definitions.yaml import reader
from ddconf.definitions.yaml.format import format_text
from ddconf.errors import DdconfError, Diagnostic
from ddconf.operations.write_files import write_file


def reformat(paths: Iterable[Path], *, write: bool, ignore: tuple[str, ...] = ()) -> list[Path]:
    """The files that formatting changes, changed if `write`; raises with every file that is not valid YAML.

    Files that hold no definitions stay as they are.
    """
    mistakes: list[Diagnostic] = []
    changed: dict[Path, str] = {}
    for path in paths:
        for file in map(Path, find_files(path, ignore)) if path.is_dir() else (path,):
            try:
                text = decode(read_bytes(file), shown(file))
                if not names_a_kind(text) or not _holds_definitions(text, shown(file)):
                    continue
                formatted = format_text(text, shown(file))
            except DdconfError as error:
                mistakes += error.diagnostics
                continue
            if formatted != text:
                changed[file] = formatted
    if mistakes:
        raise DdconfError(*mistakes)
    if write:
        for file, text in changed.items():
            write_file(file, text)
    return list(changed)


def _holds_definitions(text: str, file: str) -> bool:
    """Whether any document has a kind; other programs' files, and what ddconf writes itself, have none."""
    return any(not is_foreign(value) and is_shaped(value) for value, _ in reader.load(text, file))

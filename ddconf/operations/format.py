"""Format the definition files of folders."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from ddconf.definitions.files import decode, find_files, read_bytes, shown
from ddconf.definitions.sections import is_written
from ddconf.definitions.yaml.format import format_text
from ddconf.errors import DdconfError, Diagnostic
from ddconf.operations.write_files import write_file


def reformat(paths: Iterable[Path], *, write: bool, ignore: tuple[str, ...] = ()) -> list[Path]:
    """The files that formatting changes, changed if `write`; raises with every file that is no YAML.

    Saved plans and other files that ddconf writes itself stay as they are.
    """
    mistakes: list[Diagnostic] = []
    changed: dict[Path, str] = {}
    for path in paths:
        for file in map(Path, find_files(path, ignore)) if path.is_dir() else (path,):
            try:
                text = decode(read_bytes(file), shown(file))
                if file.suffix == ".json" and _is_our_own(text):
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


def _is_our_own(text: str) -> bool:
    try:
        return is_written(json.loads(text))
    except (ValueError, RecursionError):
        return False

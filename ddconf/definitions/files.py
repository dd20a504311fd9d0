"""The files of a folder of definitions, and their text: where `load` begins."""

from __future__ import annotations

import os
import stat
from fnmatch import fnmatch
from pathlib import Path

from ddconf.errors import DdconfError, Diagnostic, Source

SUFFIXES = (".yaml", ".yml", ".json")
SETTINGS = "ddconf.yaml"
PLAN = "plan.json"
TESTS = (".test.yaml", ".test.yml")
MAX_BYTES = 64_000_000


def shown(path: Path) -> str:
    """A file's name in messages: as seen from the working folder, if it is below."""
    return str(path).removeprefix(os.path.join(os.getcwd(), ""))  # noqa: PTH118, PTH109


def find_files(root: Path, ignore: tuple[str, ...] = ()) -> list[Path]:
    """Every definition file below a folder, in the order of paths; links that stay inside are followed.

    Raises DdconfError for links that lead out of the folder, and for folders that cannot be read.
    """
    found: list[Path] = []
    mistakes: list[Diagnostic] = []

    def unreadable(error: OSError) -> None:
        source = Source(shown(Path(error.filename)), 1, 1)
        mistakes.append(Diagnostic(f"the folder cannot be read: {error.strerror}", source))

    for folder, folders, names in os.walk(root, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths = [Path(folder, name) for name in (*folders, *filter(is_definition_file, names))]
        for path in paths:
            if any(fnmatch(path.relative_to(root).as_posix(), pattern) for pattern in ignore):
                folders[:] = [name for name in folders if name != path.name]
            elif path.is_symlink() and _leads_out(path, root):
                message, hint = "this link leads out of the folder", "copy what it leads to"
                mistakes.append(Diagnostic(message, Source(shown(path), 1, 1), hint))
            elif path.name not in folders:
                found.append(path)
    if mistakes:
        raise DdconfError(*mistakes)
    return sorted(found, key=lambda path: path.parts)


def _leads_out(link: Path, root: Path) -> bool:
    return not Path(os.path.realpath(link)).is_relative_to(os.path.realpath(root))


def is_definition_file(name: str) -> bool:
    """Whether the name is one of a definition file; saved plans, tests and the settings are none."""
    if name.startswith(".") or name in (SETTINGS, PLAN) or name.endswith((*TESTS, f".{PLAN}")):
        return False
    return name.endswith(SUFFIXES)


def read_bytes(path: Path) -> bytes:
    """The content of a file; raises DdconfError where it cannot be read or is too large."""
    try:
        status = path.stat()
        if stat.S_ISREG(status.st_mode) and status.st_size <= MAX_BYTES:
            return path.read_bytes()
    except OSError as error:
        problem = Diagnostic(f"the file cannot be read: {error.strerror}", Source(shown(path), 1, 1))
        raise DdconfError(problem) from None
    message, hint = "this is not a file", "remove it, or rename it"
    if stat.S_ISREG(status.st_mode):
        message, hint = f"the file is larger than {MAX_BYTES // 1_000_000} MB", "split it into several files"
    raise DdconfError(Diagnostic(message, Source(shown(path), 1, 1), hint))


def decode(content: bytes, file: str) -> str:
    """The text of a file; raises DdconfError with the place of what is not UTF-8."""
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8").split("\n")
        source = Source(file, len(before), len(before[-1]) + 1)
        message = f"the byte 0x{content[error.start]:02X} is not UTF-8"
        raise DdconfError(Diagnostic(message, source, "save the file as UTF-8")) from None

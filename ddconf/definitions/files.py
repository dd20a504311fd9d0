"""The files of a folder of definitions, and their text: where `load` begins."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from ddconf.errors import DdconfError, Diagnostic, Source

SUFFIXES = (".yaml", ".yml", ".json")
SETTINGS = "ddconf.yaml"
PLAN = "plan.json"
TESTS = (".test.yaml", ".test.yml")
VARIABLES = (".vars.yaml", ".vars.yml", ".vars.json")
"""For `--var-file`."""
MAX_BYTES = 64_000_000


def working_folder() -> str:
    """With the slash that ends it."""
    return os.path.join(os.getcwd(), "")  # noqa: PTH118, PTH109


def shown(path: Path | str, folder: str | None = None) -> str:
    """A file's name in messages: as seen from the working folder, if it is below."""
    return str(path).removeprefix(folder or working_folder())


def find_files(root: Path | str, ignore: tuple[str, ...] = (), *, is_whole: bool = False) -> list[str]:
    """Every definition file below a folder, in the order of paths; links that stay inside are followed.

    Raises DdconfError for links that lead out of the folder, and for folders that cannot be read; where the
    folder is the whole of the definitions, also for settings below it.
    """
    root = os.path.normpath(root)
    mistakes: list[Diagnostic] = []
    settings = os.path.join(root, SETTINGS) if is_whole else ""  # noqa: PTH118
    found = list(_below(root, root, ignore, mistakes, settings))
    if mistakes:
        raise DdconfError(*sorted(mistakes, key=lambda mistake: str(mistake.source)))
    return found


def _below(
    folder: str, root: str, ignore: tuple[str, ...], mistakes: list[Diagnostic], settings: str
) -> Iterator[str]:
    """The files below a folder; with the path of the one file of `settings`, any other is a mistake."""
    for entry in _entries(folder, mistakes):
        is_link = entry.is_symlink()
        is_folder = os.path.isdir(entry.path) if is_link else entry.is_dir()  # noqa: PTH112
        is_second = settings and entry.name == SETTINGS and entry.path != settings
        if is_second and not _matches(entry.path, root, ignore):
            mistakes.append(_second_settings(entry.path))
        if not (is_folder or is_definition_file(entry.name)) or _matches(entry.path, root, ignore):
            continue
        if is_link and _leads_out(entry.path, root):
            message, hint = "this link leads out of the folder", "copy what it leads to"
            mistakes.append(Diagnostic(message, Source(shown(entry.path), 1, 1), hint))
        elif not is_folder:
            yield entry.path.removeprefix("./")
        elif not is_link:
            yield from _below(entry.path, root, ignore, mistakes, settings)


def _second_settings(path: str) -> Diagnostic:
    hint = "rename it if it holds definitions; otherwise move its settings, or name it under ignore:"
    message = f"a second {SETTINGS}: settings are read from the root folder alone"
    return Diagnostic(message, Source(shown(path), 1, 1), hint)


def _entries(folder: str, mistakes: list[Diagnostic]) -> list[os.DirEntry[str]]:
    """What is in a folder but for hidden things, by name."""
    try:
        with os.scandir(folder) as entries:
            return sorted((entry for entry in entries if entry.name[0] != "."), key=lambda entry: entry.name)
    except OSError as error:
        source = Source(shown(folder), 1, 1)
        mistakes.append(Diagnostic(f"the folder cannot be read: {error.strerror}", source))
        return []


def _matches(path: str, root: str, patterns: tuple[str, ...]) -> bool:
    """Whether the path below the root is one of the patterns'."""
    return bool(patterns) and any(fnmatch(os.path.relpath(path, root), pattern) for pattern in patterns)


def _leads_out(link: str, root: str) -> bool:
    return not Path(os.path.realpath(link)).is_relative_to(os.path.realpath(root))


def is_definition_file(name: str) -> bool:
    """Whether the name is one of a definition file; saved plans, tests, variables and settings are none."""
    if name.startswith(".") or name in (SETTINGS, PLAN) or name.endswith((*TESTS, *VARIABLES, f".{PLAN}")):
        return False
    return name.endswith(SUFFIXES)


def read_bytes(path: Path | str) -> bytes:
    """The content of a file; raises DdconfError where it cannot be read or is too large."""
    try:
        status = os.stat(path)  # noqa: PTH116
        if stat.S_ISREG(status.st_mode) and status.st_size <= MAX_BYTES:
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123
                return file.readall()
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

"""Find the files of pipeline tests: our own `*.test.yaml`, Datadog's pairs NAME.yaml and NAME_tests.yaml."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from ddconf.definitions.files import TESTS
from ddconf.errors import DdconfError

_PAIRED = re.compile(r"(?P<name>.+)_tests(?P<suffix>\.ya?ml)")
_HAS_TESTS = re.compile(rb"^tests:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SuiteFiles:
    """`pairs` are an integration's pipeline and its tests; `definitions` may hold definitions."""

    own: tuple[Path, ...]
    pairs: tuple[tuple[Path, Path], ...]
    definitions: tuple[Path, ...]

    @property
    def all(self) -> tuple[Path, ...]:
        return (*self.own, *self.definitions, *(file for pair in self.pairs for file in pair))


def find_test_files(paths: Iterable[Path], ignore: tuple[str, ...] = ()) -> SuiteFiles:
    """What lies at or below the paths, sorted; raises DdconfError for a path that does not exist."""
    paths = list(paths)
    if missing := [path for path in paths if not path.exists()]:
        raise DdconfError(*(f"no file or folder {path}" for path in missing))
    files = dict.fromkeys(file for path in paths for file in _yaml_files(path, ignore))
    own = tuple(file for file in files if file.name.endswith(TESTS))
    pairs = {pair[0]: pair for file in files if (pair := _pair(file))}
    taken = {*own, *(file for pair in pairs.values() for file in pair)}
    return SuiteFiles(own, tuple(pairs.values()), tuple(file for file in files if file not in taken))


def _yaml_files(path: Path, ignore: tuple[str, ...]) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for folder, folders, names in os.walk(path):
        here = Path(folder)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not _ignored(here / name, path, ignore)
        )
        for name in sorted(names):
            wanted = name.endswith((".yaml", ".yml", ".json")) and not name.startswith(".")
            if wanted and not _ignored(here / name, path, ignore):
                yield here / name


def _ignored(path: Path, root: Path, ignore: tuple[str, ...]) -> bool:
    return any(fnmatch(path.relative_to(root).as_posix(), pattern) for pattern in ignore)


def _pair(file: Path) -> tuple[Path, Path] | None:
    """The pipeline and its tests, whichever of them the file is."""
    match = _PAIRED.fullmatch(file.name)
    pipeline = file.with_name(match["name"] + match["suffix"]) if match else file
    tests = pipeline.with_name(f"{pipeline.stem}_tests{pipeline.suffix}")
    if not pipeline.is_file() or not tests.is_file():
        return None
    return (pipeline, tests) if _HAS_TESTS.search(tests.read_bytes()) else None

"""The state of ddconf's own code, by which what another version kept counts as nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b

from ddconf import __version__

_CODE = (".py", ".json")


@cache
def code_version() -> bytes:
    """Another one for every change of ddconf's code, and for every Python."""
    package = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120
    found = [f"{sys.implementation.cache_tag} {sys.hexversion} {sys.byteorder} {package}"]
    # An installer writes its record anew; only code that is worked on changes without.
    record = os.path.join(os.path.dirname(package), f"ddconf-{__version__}.dist-info", "RECORD")  # noqa: PTH118, PTH120
    try:
        found.append(_stamp(os.stat(record)))  # noqa: PTH116
    except OSError:
        found += [f"{file.path} {_stamp(file.stat())}" for file in files_below(package, _CODE)]
    return blake2b("\n".join(found).encode("utf-8", "surrogateescape"), digest_size=32).digest()


def _stamp(status: os.stat_result) -> str:
    return f"{status.st_mtime_ns} {status.st_size} {status.st_ino}"


def files_below(folder: str, endings: tuple[str, ...]) -> Iterator[os.DirEntry[str]]:
    """Every file of these endings below a folder, hidden ones left out, in one order; and all links."""
    with os.scandir(folder) as found:
        entries = sorted((one for one in found if not one.name.startswith(".")), key=lambda one: one.name)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from files_below(entry.path, endings)
        elif entry.name.endswith(endings) or entry.is_symlink():
            yield entry

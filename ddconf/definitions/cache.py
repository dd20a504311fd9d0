"""Parsed files kept by the digest of their content, so that `load` need not parse what has not changed.

An entry is a digest of the rest, then the values and marks in Python's `marshal` form. Entries that are
damaged, of another version, or readable by others (so perhaps written by others) count as absent.
"""

from __future__ import annotations

import marshal
import os
import sys
import time
from array import array
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import ddconf
from ddconf.definitions import yaml
from ddconf.definitions.files import decode
from ddconf.document import JSON

_DIGEST = 16
_WORTH_KEEPING = 2_000
"""Bytes; a smaller file is parsed as quickly as it is looked up."""
_KEEP_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Parsed:
    """The documents of a file with their marks; `refers` unless `${` surely stands nowhere in them."""

    documents: list[tuple[JSON, array[int]]]
    refers: bool


class Cache:
    """Keeps its entries in one folder, which is made when it is first needed; without one, keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.used: set[str] = set()
        self.wrote = False
        changed = Path(yaml.__file__).stat().st_mtime_ns
        version = f"{ddconf.__version__} {changed} {sys.implementation.cache_tag} {sys.byteorder}"
        self.version = blake2b(version.encode(), digest_size=32).digest()

    def parse(self, content: bytes, file: str) -> Parsed:
        """As `yaml.parse`, from an entry if there is one."""
        if self.folder is None or len(content) < _WORTH_KEEPING:
            return Parsed(yaml.parse(decode(content, file), file), refers=True)
        suffix = b".json" if file.endswith(".json") else b""
        name = blake2b(content + suffix, digest_size=_DIGEST, key=self.version).hexdigest()
        self.used.add(name)
        documents, payload = _read(self.folder / name)
        if documents is None:
            documents = yaml.parse(decode(content, file), file)
            payload = marshal.dumps([(value, marks.tobytes()) for value, marks in documents])
            self._write(self.folder / name, payload)
        return Parsed(documents, refers=b"${" in payload)

    def _write(self, path: Path, payload: bytes) -> None:
        """A cache that cannot be written is none."""
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        with suppress(OSError):
            if not self.wrote:
                _make(path.parent)
                self.wrote = True
            with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(_digest(payload) + payload)
            temporary.replace(path)

    def prune(self) -> None:
        """Remove old entries that this run did not use, if it wrote any."""
        if self.folder is None or not self.wrote:
            return
        oldest = time.time() - _KEEP_SECONDS
        with suppress(OSError):
            for entry in os.scandir(self.folder):
                is_entry = len(entry.name.lstrip(".").split(".")[0]) == 2 * _DIGEST
                if is_entry and entry.name not in self.used and entry.stat().st_mtime < oldest:
                    Path(entry.path).unlink()


def _make(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n")


def _read(path: Path) -> tuple[list[tuple[JSON, array[int]]] | None, bytes]:
    """The documents of an entry, or None, and the bytes they were read from."""
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if status.st_mode & 0o077 or status.st_uid != os.geteuid():
                return None, b""
            content = file.read()
    except OSError:
        return None, b""
    payload = content[_DIGEST:]
    if content[:_DIGEST] != _digest(payload):
        return None, b""
    try:
        return [(value, array("Q", marks)) for value, marks in marshal.loads(payload)], payload
    except (ValueError, TypeError, EOFError):
        return None, b""


def _digest(payload: bytes) -> bytes:
    return blake2b(payload, digest_size=_DIGEST).digest()

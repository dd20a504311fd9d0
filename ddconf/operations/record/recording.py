"""The file of a recording: it grows page by page, and a run that was stopped goes on with the next page."""

from __future__ import annotations

import gzip
import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO

from ddconf.errors import DdconfError, Diagnostic
from ddconf.operations.replay.log_file import TimeRange
from ddconf.operations.write_files import write_file


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a recording has come; nothing of a log, only counts, a cursor, and the key of hashes."""

    request: str
    """Digest of what was asked for."""
    begin: str
    end: str
    key: str
    position: str = ""
    logs: int = 0
    size: int = 0
    """Bytes of whole pages."""

    @property
    def within(self) -> TimeRange:
        return TimeRange(datetime.fromisoformat(self.begin), datetime.fromisoformat(self.end))


class Recording:
    """A recording under way, beside which `.NAME.progress` lies until it is finished.

    Each page is a frame of its own in a compressed file, so the file is whole after every one.
    """

    def __init__(self, path: Path, request: str, within: TimeRange) -> None:
        """Begin, or go on with what an earlier run of the same request left; raises DdconfError."""
        self._path = path
        self._notes = path.parent / f".{path.name}.progress"
        self.progress = self._earlier(request) or Progress(
            request, within.begin.isoformat(), within.end.isoformat(), secrets.token_hex(16)
        )
        self._save()
        with self._opened("ab"):
            os.truncate(path, self.progress.size)

    def _earlier(self, request: str) -> Progress | None:
        try:
            found = Progress(**json.loads(self._notes.read_text(encoding="utf-8")))
        except FileNotFoundError:
            if self._path.exists():
                hint = "remove it, or name another file"
                raise DdconfError(Diagnostic(f"{self._path} exists already", hint=hint)) from None
            return None
        except (OSError, TypeError, ValueError):
            raise self._unusable("cannot be read") from None
        if found.request != request:
            raise self._unusable("is of other logs")
        if found.size and (not self._path.exists() or self._path.stat().st_size < found.size):
            raise self._unusable("is not of this file")
        return found

    def _unusable(self, why: str) -> DdconfError:
        hint = f"remove {self._path} and {self._notes}, or name another file"
        return DdconfError(Diagnostic(f"the progress of the recording {self._path} {why}", hint=hint))

    def add(self, lines: Iterable[str], position: str) -> None:
        """Write a page, and then that it is there."""
        listed = list(lines)
        if listed:
            with self._opened("ab") as file:
                file.write(self._packed("".join(f"{line}\n" for line in listed).encode("utf-8", "replace")))
                file.flush()
                os.fsync(file.fileno())
        self.progress = replace(
            self.progress,
            position=position,
            logs=self.progress.logs + len(listed),
            size=self._path.stat().st_size,
        )
        self._save()

    def finish(self) -> None:
        """Nothing is to come any more."""
        self._notes.unlink()

    def _opened(self, mode: str) -> IO[bytes]:
        try:
            return open(self._path, mode)  # noqa: PTH123
        except OSError as error:
            raise DdconfError(f"cannot write {self._path}: {error.strerror or error}") from None

    def _packed(self, content: bytes) -> bytes:
        if self._path.suffix == ".zst":
            import zstandard

            return zstandard.compress(content)
        return gzip.compress(content) if self._path.suffix == ".gz" else content

    def _save(self) -> None:
        write_file(self._notes, json.dumps(asdict(self.progress)), private=True)

"""Files of logs in folders and object stores, read block by block; compressed ones are read as they lie."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO

from ddconf.errors import DdconfError, Diagnostic
from ddconf.operations.replay.log_file import RecordedFile, TimeRange, is_log_file

BLOCK = 500
_HINT = "an archive has files like dt=20261123/hour=05/archive_000.json.gz"


def find_log_files(place: str, within: TimeRange | None = None) -> list[RecordedFile]:
    """The files at a path or URL, by their names; raises DdconfError where there is none."""
    if "://" in place and not place.startswith("file://"):
        from ddconf.operations.replay.object_files import find_objects

        found = find_objects(place, within)
    else:
        found = _find_local(Path(place.removeprefix("file://")))
    chosen = [file for file in found if within is None or within.may_hold(file.name)]
    if not chosen:
        when = f" from {within.begin:%Y-%m-%dT%H:%M} to {within.end:%Y-%m-%dT%H:%M}" if within else ""
        raise DdconfError(Diagnostic(f"no logs in {place}{when}", hint=_HINT))
    return sorted(chosen, key=lambda file: file.name)


def _find_local(path: Path) -> list[RecordedFile]:
    if not path.exists():
        raise DdconfError(f"there is no file or folder {path}")
    if not path.is_dir():
        return [RecordedFile(path.name, str(path), _digest(path))]
    inside = (file for file in path.rglob("*") if is_log_file(file.name) and file.is_file())
    return [RecordedFile(file.relative_to(path).as_posix(), str(file), _digest(file)) for file in inside]


def _digest(path: Path) -> str:
    """Of the content: a checkout on another machine has other times."""
    if not path.is_file():  # a pipe can be read once
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def numbered_blocks(file: RecordedFile) -> Iterator[tuple[int, list[str]]]:
    """Blocks of lines, each with the number of its first one; raises DdconfError where one cannot be read."""
    import zstandard

    number = 1
    try:
        with _opened(file) as stream:
            while block := [line.rstrip("\r\n") for line in islice(stream, BLOCK)]:
                yield number, block
                number += len(block)
    except (OSError, EOFError, zlib.error, zstandard.ZstdError) as error:
        hint = "copy the file again: it may be cut off"
        raise DdconfError(Diagnostic(f"{file.place} cannot be read: {error}", hint=hint)) from None


def _opened(file: RecordedFile) -> IO[str]:
    raw = _bytes_of(file.place)
    if file.place.endswith(".gz"):
        return gzip.open(raw, "rt", encoding="utf-8-sig", errors="replace")
    if file.place.endswith(".zst"):
        import zstandard

        raw = zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True, closefd=True)
    return io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace")


def _bytes_of(place: str) -> IO[bytes]:
    if "://" in place:
        from ddconf.operations.replay.object_files import open_object

        return open_object(place)
    return Path(place).open("rb")

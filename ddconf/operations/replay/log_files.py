"""Logs of a file or a folder of archives, a block of lines at a time; compressed ones are read as they lie.

Archives are files `dt=20261123/hour=05/archive_*.json.gz` with a log on each line.
https://docs.datadoghq.com/logs/log_configuration/archives/#format-of-the-archives
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO

from ddconf.errors import DdconfError, Diagnostic

_BLOCK = 500
_ENDINGS = tuple(
    f"{plain}{packed}" for plain in (".json", ".jsonl", ".ndjson", ".log") for packed in ("", ".gz", ".zst")
)


def blocks_of(path: Path) -> Iterator[list[str]]:
    """Blocks of lines, file by file in the order of their paths; raises DdconfError where there is none."""
    files = _files(path)
    for file in files:
        yield from _blocks(file)


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise DdconfError(f"there is no file or folder {path}")
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.rglob("*") if file.name.endswith(_ENDINGS) and file.is_file())
    if not found:
        hint = "an archive has files like dt=20261123/hour=05/archive_000.json.gz"
        raise DdconfError(Diagnostic(f"no logs in {path}", hint=hint))
    return found


def _blocks(file: Path) -> Iterator[list[str]]:
    import zstandard

    try:
        with _opened(file) as stream:
            while block := [line.rstrip("\r\n") for line in islice(stream, _BLOCK)]:
                yield block
    except (OSError, EOFError, zlib.error, zstandard.ZstdError) as error:
        hint = "copy the file again: it may be cut off"
        raise DdconfError(Diagnostic(f"{file} cannot be read: {error}", hint=hint)) from None


def _opened(file: Path) -> IO[str]:
    if file.suffix == ".gz":
        return gzip.open(file, "rt", encoding="utf-8-sig", errors="replace")
    if file.suffix == ".zst":
        import zstandard

        reader = zstandard.ZstdDecompressor().stream_reader(
            file.open("rb"), read_across_frames=True, closefd=True
        )
        return io.TextIOWrapper(reader, encoding="utf-8-sig", errors="replace")
    return file.open(encoding="utf-8-sig", errors="replace")

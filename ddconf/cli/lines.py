"""Lines of logs that a command reads: UTF-8, where bytes that are none become U+FFFD."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import IO

import click

_BLOCK = 1 << 18
_ENCODING = "utf-8-sig"  # a mark at the beginning is not a part of a log
LOGS = click.File(encoding=_ENCODING, errors="replace")
"""The type of an option that names a file of logs, `-` for standard input."""


def standard_input() -> IO[str]:
    return click.open_file("-", encoding=_ENCODING, errors="replace")


def line_blocks(stream: IO[str]) -> Iterator[list[str]]:
    """Whole lines of a stream that nobody has read from, as many at a time as have arrived."""
    if not hasattr(stream, "buffer"):  # a text in memory
        yield stream.read().split("\n")
        return
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(_ENCODING)("replace"), translate=True)
    begun: list[str] = []  # pieces of a line that has not ended yet
    while block := stream.buffer.read1(_BLOCK):
        first, newline, rest = decoder.decode(block).partition("\n")
        begun.append(first)
        if newline:
            *lines, last = rest.split("\n")
            yield ["".join(begun), *lines]
            begun = [last]
    begun.append(decoder.decode(b"", final=True))
    if last := "".join(begun).rstrip("\n"):
        yield [last]


def tell_of_waiting(lines: IO[str] | None) -> None:
    """Say that lines are awaited where they come from the keyboard, as nothing else shows it."""
    if lines is not None and lines.isatty():
        click.echo("Type or paste lines of logs; Ctrl-D ends them.", err=True)

"""Draw a diagnostic for the terminal: the message, the line it is about with a caret, and the hint."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from ddconf.errors import Diagnostic, Severity, Source

_WIDTH = 100
_COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "34"}
_MAX_BYTES = 64_000_000


def draw(diagnostic: Diagnostic, color: bool = False) -> str:
    """Several lines without a newline at the end; the source line is left out where it cannot be read."""
    kind = diagnostic.severity.value + (f"[{diagnostic.rule}]" if diagnostic.rule else "")
    about = (
        f" in {diagnostic.address}"
        if diagnostic.address and diagnostic.address not in diagnostic.message
        else ""
    )
    lines = [f"{_paint(f'{kind}:', _COLORS[diagnostic.severity], color)} {_safe(diagnostic.message)}{about}"]
    if source := diagnostic.source:
        lines.append(f"  --> {source}")
        lines += _excerpt(source, diagnostic.length, _COLORS[diagnostic.severity], color)
    if diagnostic.hint:
        lines.append(f"  {_paint('hint:', '36', color)} {_safe(diagnostic.hint)}")
    return "\n".join(lines)


def _excerpt(source: Source, length: int, paint: str, color: bool) -> list[str]:
    line = _line(source)
    if not line or not line.strip():
        return []
    column = min(source.column - 1, len(line))
    start = max(0, column - _WIDTH // 2) if len(line) > _WIDTH else 0
    shown = line[start : start + _WIDTH]
    before, after = line[start:column], line[column : column + max(length, 1)]
    caret = "^" * max(1, min(_columns(after), _columns(shown) - _columns(before)))
    number = f"{source.line:>4} | "
    return [
        f"{number}{_safe(shown)}",
        f"{' ' * (len(number) - 2)}| {' ' * _columns(before)}{_paint(caret, paint, color)}",
    ]


def _line(source: Source) -> str | None:
    try:
        path = Path(source.file)
        # A link may lead to any file of this machine, and the log of a run is read by others.
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _MAX_BYTES:
            return None
        with path.open(encoding="utf-8", errors="replace", newline="\n") as lines:
            for number, line in enumerate(lines, 1):
                if number == source.line:
                    return line.removeprefix("\ufeff").rstrip("\r\n")
    except OSError:
        return None
    return None


def _safe(text: str) -> str:
    """Without control characters, which a terminal would obey."""
    return "".join(
        character if character == "\n" or character.isprintable() else " " if character == "\t" else "\ufffd"
        for character in text
    )


def _columns(text: str) -> int:
    """How wide a terminal shows the text."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def _paint(text: str, code: str, color: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if color else text

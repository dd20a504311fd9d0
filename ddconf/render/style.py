"""Colours of a terminal; every function gives the bare text where `color` is false."""

from __future__ import annotations

_COLORS = {
    "+": "green",
    "-": "red",
    "~": "yellow",
    "-/+": "magenta",
    "+/-": "magenta",
    "=": "cyan",
    "!": "magenta",
    "#": "bright_black",
}


def paint(text: str, symbol: str, color: bool, width: int = 0) -> str:
    """The text in the symbol's colour, padded on the left to a width."""
    padding = " " * max(0, width - len(text))
    return padding + (_styled(text, _COLORS[symbol], bold=False) if color and symbol in _COLORS else text)


def bold(text: str, color: bool, name: str | None = None) -> str:
    """The text in bold, perhaps in a colour too."""
    return _styled(text, name, bold=True) if color else text


def _styled(text: str, name: str | None, *, bold: bool) -> str:
    import click

    return click.style(text, fg=name, bold=bold or None)

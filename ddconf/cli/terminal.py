"""What the terminal can do: colours, prompts."""

from __future__ import annotations

import os
from typing import IO, Any


def wants_color(stream: IO[Any], *, no_color: bool = False) -> bool:
    """NO_COLOR and FORCE_COLOR decide first, then whether it is a terminal. https://no-color.org"""
    if no_color or os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR") or os.environ.get("CLICOLOR_FORCE"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"

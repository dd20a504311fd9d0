"""Hints for misspelt names."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def similar(name: str, known: Iterable[str], otherwise: str = "", *, mark: str = "") -> str:
    """The known name that is most alike, as a hint; `mark` stands before it."""
    close = get_close_matches(name, [item for item in known if item != name], 1, cutoff=0.75)
    return f"did you mean '{mark}{close[0]}'?" if close else otherwise

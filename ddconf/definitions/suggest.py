"""Hints for misspelt words."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "", mark: str = "") -> str:
    """The known word that is most alike, as a hint; `mark` stands before it."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(known), 1, cutoff=0.6)
    return f"did you mean '{mark}{close[0]}'?" if close else otherwise

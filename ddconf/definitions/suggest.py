"""Hints for misspelt words."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(
    word: str, known: Iterable[str], otherwise: str = "", mark: str = "", *, cutoff: float = 0.6
) -> str:
    """The known word that is most alike, as a hint; `mark` stands before it, `cutoff` is from 0 to 1."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(known), 1, cutoff=cutoff)
    return f"did you mean '{mark}{close[0]}'?" if close else otherwise

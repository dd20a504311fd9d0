"""A mistake in a pipeline's document."""

from __future__ import annotations

from dataclasses import dataclass

from ddconf.document import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in a document; line and column are within the text at the path, from 1, 0 where unknown."""

    path: Path
    message: str
    hint: str = ""
    line: int = 0
    column: int = 0
    length: int = 1
    warning: bool = False

"""A file of vectors, each checked on its own: what one of them raises is its failure and nobody else's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

Vector = dict[str, Any]
Check = Callable[[Vector], str]
"""How the result differs from what a vector expects; empty if it does not."""


def read(file: Path) -> list[Vector]:
    """The vectors of a file; none if there is no such file."""
    vectors: list[Vector] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []
    return vectors


def measure(name: str, vectors: Iterable[Vector], check: Check) -> dict[str, Any]:
    """{"set", "total", "passed", "failures", "disputed"}; a vector marked `disputed` decides nothing."""
    total, failures, disputed = 0, [], []
    for number, vector in enumerate(vectors):
        label = vector.get("name", f"{name} {number}")
        if vector.get("disputed"):
            disputed.append(label)
            continue
        total += 1
        if difference := _difference(vector, check):
            failures.append({"name": label, "difference": difference})
    return {
        "set": name,
        "total": total,
        "passed": total - len(failures),
        "failures": failures,
        "disputed": disputed,
    }


def _difference(vector: Vector, check: Check) -> str:
    try:
        return check(vector)
    except Exception as error:  # a defect of the engine is what is measured here
        return f"{type(error).__name__}: {error}"


def equal(got: Any, wanted: Any) -> bool:
    """Equal by value: 1 and 1.0 are the same, 1 and true are not."""
    if isinstance(got, dict) and isinstance(wanted, dict):
        return got.keys() == wanted.keys() and all(equal(got[key], wanted[key]) for key in got)
    if isinstance(got, list) and isinstance(wanted, list):
        return len(got) == len(wanted) and all(map(equal, got, wanted))
    return bool(got == wanted) and isinstance(got, bool) == isinstance(wanted, bool)

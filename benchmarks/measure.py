"""Runs commands and measures them; every figure that is kept is a ratio within one run."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One line of the table; `goal` is the most that `value` may be."""

    what: str
    value: float
    goal: float | None
    note: str = ""

    def __str__(self) -> str:
        goal = (
            "" if self.goal is None else f"{'ok' if self.value <= self.goal else 'MISSED':6} <= {self.goal:g}"
        )
        return f"{self.what:58} {self.value:8.3f}  {goal:16} {self.note}"


@dataclass(frozen=True)
class Run:
    """How one process went; `cpu` are the seconds it worked, its child processes included."""

    seconds: float
    cpu: float
    megabytes: float
    output: str


_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
"""With it, each process would compile whatever has changed since somebody last kept it compiled."""

_caches = tempfile.TemporaryDirectory(prefix="ddconf-caches-")
"""For runs that name no place of their own: none is to find, or to leave, anything in the user's caches."""


def run(command: Sequence[str], env: Mapping[str, str] = {}, folder: Path | None = None) -> Run:
    """Run to the end; raises where the command fails."""
    inherited = {name: value for name, value in os.environ.items() if name != _NO_BYTECODE}
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        env={**inherited, "DDCONF_CACHE_DIR": _caches.name, **env},
        cwd=folder,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{' '.join(command)} failed:\n{output[-2000:]}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, _megabytes(usage), output)


def _megabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)


def interleaved(measured: Mapping[str, Callable[[], float]], times: int) -> dict[str, float]:
    """The median of each, measured in turns, so that a busy moment hits all of them."""
    figures: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(times):
        for name, measure in measured.items():
            figures[name].append(measure())
    return {name: statistics.median(values) for name, values in figures.items()}

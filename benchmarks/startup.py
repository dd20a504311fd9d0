"""How long the command takes to start, from an installed wheel: `python -m benchmarks.startup`."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.measure import Row, interleaved, run

ROOT = Path(__file__).parent.parent
GOALS: dict[str, float | None] = {"--version": 2.0, "--help": 4.5, "validate": 5.5}
EDITED = "validate, after an edit"
MONITOR = """\
monitor:
  cpu_high:
    {name: CPU is high, type: query alert, query: "avg(last_5m):avg:system.cpu.user{*} > 90"}
"""


def install(folder: Path) -> Path:
    """Build the wheel and install it into an environment of its own, compiled; gives its bin folder."""
    quiet = ["--quiet", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "wheel", *quiet, "--no-deps", "--wheel-dir", folder, ROOT], check=True
    )
    wheel = next(folder.glob("ddconf-*.whl"))
    subprocess.run([python, "-m", "pip", "install", *quiet, "--compile", wheel], check=True)
    return python.parent


def rows(times: int) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        programs = install(folder)
        definitions = folder / "definitions"
        definitions.mkdir()
        caches = folder / "caches"
        (definitions / "monitor.yaml").write_text(MONITOR, encoding="utf-8")
        commands = {word: [str(programs / "ddconf"), word] for word in GOALS}
        commands["bare"] = [str(programs / "python"), "-c", "pass"]
        measured: dict[str, Callable[[], float]] = {
            word: lambda command=command: run(command, {"DDCONF_CACHE_DIR": str(caches)}, definitions).seconds  # type: ignore[misc]
            for word, command in commands.items()
        }
        taken = interleaved({**measured, EDITED: lambda: edited(measured["validate"], caches)}, times)
    for word, goal in {**GOALS, EDITED: None}.items():
        note = f"{taken[word] * 1000:.0f} ms"
        yield Row(f"ddconf {word} / python -c pass", taken[word] / taken["bare"], goal, note)


def edited(validate: Callable[[], float], caches: Path) -> float:
    """As long as it takes where nothing is remembered of the folder."""
    shutil.rmtree(caches, ignore_errors=True)
    return validate()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=25)
    for row in rows(parser.parse_args().times):
        print(row, flush=True)


if __name__ == "__main__":
    main()

"""A person's or a runner's machine: a HOME, a disk, a shell that remembers where it was."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT
from tests.journeys.script import Section, Step, Story, unmet

PROGRAMS = Path(__file__).parent / "bin"
_SECONDS = 300
_SHELL = """
trap 'code=$?; export -p > "$HOME/.exports"; pwd > "$HOME/.place"; exit $code' EXIT
if [ -f "$HOME/.exports" ]; then . "$HOME/.exports"; cd "$(cat "$HOME/.place")"; fi
"""


@dataclass(frozen=True)
class World:
    """Where a story plays: a folder of the test's, and the environment that all machines have."""

    folder: Path
    environment: Mapping[str, str]

    def play(self, story: Story) -> None:
        """Run every step; raises AssertionError where something else is seen than must be."""
        for section in story.sections:
            for turn in range(section.times):
                machine = Machine.start(self, section, turn)
                for step in section.steps:
                    machine.run(story, step)


@dataclass(frozen=True)
class Machine:
    """One machine: `home` is what it has of a person, `disk` where it begins to work."""

    home: Path
    disk: Path
    umask: int
    environment: Mapping[str, str]

    @staticmethod
    def start(world: World, section: Section, turn: int) -> Machine:
        """Switch on the machine of a section; a fresh one has an empty disk and a HOME that is new."""
        name = section.name.replace(" ", "-").replace("'", "")
        fresh = "fresh" in section.options
        disk = world.folder / "disks" / name
        home = world.folder / "homes" / (f"{name}-{turn}" if fresh else name)
        if fresh:
            shutil.rmtree(disk, ignore_errors=True)
            shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True, exist_ok=True)
        disk.mkdir(parents=True, exist_ok=True)
        kept = section.option("cache", turn) == "kept"
        environment = {
            **world.environment,
            "HOME": str(home),
            "XDG_CACHE_HOME": str(world.folder / "caches" / name if kept else home / ".cache"),
            "TURN": str(turn + 1),
            **{f"GIT_{role}_NAME": section.name for role in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{role}_EMAIL": f"{name}@example.com" for role in ("AUTHOR", "COMMITTER")},
        }
        return Machine(home, disk, int(section.option("umask", turn) or "022", 8), environment)

    def run(self, story: Story, step: Step) -> None:
        """Type a command; raises AssertionError with all that was printed."""
        ran = subprocess.run(
            ["sh", "-c", f"{_SHELL}{step.command}\n"],
            cwd=self.disk,
            env=dict(self.environment),
            umask=self.umask,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        wrong = unmet(step, ran.stdout)
        if ran.returncode != step.code:
            wrong = f"exit code {ran.returncode} instead of {step.code}"
        place = f"{story.name}.md:{step.line} ({self.home.name}) $ {step.command}"
        assert not wrong, f"{place}\n{wrong}\n--- printed\n{ran.stdout[-6000:]}"


def environment() -> dict[str, str]:
    """What every machine has: programs, no colours, no settings of whoever runs the tests."""
    programs = [str(PROGRAMS), str(Path(sys.executable).parent), os.environ["PATH"]]
    return {
        "PATH": os.pathsep.join(programs),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "CHECKOUT": str(ROOT),
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": "init.defaultBranch",
        "GIT_CONFIG_VALUE_0": "main",
        "GIT_CONFIG_KEY_1": "advice.detachedHead",
        "GIT_CONFIG_VALUE_1": "false",
    }

"""ddconf in a process of its own, to be killed or interrupted."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.e2e.conftest import Desk

INTERRUPTIBLE = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
"""As in a terminal: what a shell starts in the background ignores an interrupt, and its children do, too."""


def start(desk: Desk, *words: str, code: str = "") -> subprocess.Popen[str]:
    """Begin a command in the desk's folder; `code` runs before it."""
    main = [sys.executable, "-c", f"{INTERRUPTIBLE}\n{code}\nfrom ddconf.cli.main import program\nprogram()"]
    command = [*main, "-C", str(desk.folder), *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def unlocked(desk: Desk) -> None:
    """A person takes away the lock of the killed run."""
    lock = desk.state.with_name(desk.state.name + ".lock")
    if lock.exists():
        desk.done("force-unlock", json.loads(lock.read_text())["id"])

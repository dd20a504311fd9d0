"""Find the folder of definitions from where a command is called, as git and ruff find theirs."""

from __future__ import annotations

import os
from pathlib import Path

from ddconf.definitions.files import SETTINGS

BELOW = "definitions"


def find_root(start: Path) -> Path:
    """The nearest folder at or above `start` with settings, else `definitions/` below it, else `start`.

    The search upward ends at the top of a repository, and passes over settings that belong to another user,
    who could otherwise name hosts and files for this one.
    """
    for folder in (start, *start.parents):
        if _has_settings(folder):
            return folder
        if (folder / ".git").exists():
            break
    return start / BELOW if _has_settings(start / BELOW) else start


def _has_settings(folder: Path) -> bool:
    try:
        owner = (folder / SETTINGS).stat().st_uid
    except OSError:
        return False
    return not hasattr(os, "geteuid") or owner in (os.geteuid(), 0) or folder == Path.cwd()

"""Make the sound definitions in a folder of their own, changed or not, and load them."""

from __future__ import annotations

import shutil
from pathlib import Path

from ddconf.definitions.load import Definitions, load
from ddconf.definitions.settings import Settings, read

SOUND = Path(__file__).parent / "sound"


def copy_sound(root: Path) -> Path:
    shutil.copytree(SOUND, root, dirs_exist_ok=True)
    return root


def change(root: Path, file: str, text: str, written: str) -> str:
    """Replace a text that is there once or more, the first time; the new content of the file."""
    path = root / file
    content = path.read_text("utf-8")
    assert text in content, text
    content = content.replace(text, written, 1)
    path.write_text(content, "utf-8")
    return content


def loaded(root: Path) -> tuple[Definitions, Settings]:
    settings = read(root)
    return load(root, settings), settings

"""What a folder of definitions begins with: its settings, and what git should leave out."""

from __future__ import annotations

from pathlib import Path

from ddconf.definitions.files import SETTINGS
from ddconf.operations.write_files import write_file

DEFAULT_SITE = "datadoghq.com"
_SETTINGS = """\
# Settings of this folder of definitions: see `ddconf --help` and docs/definitions.md.
site: {site}
state: .ddconf/state.json
"""

_IGNORED = """\
.ddconf/
# Saved plans: they may hold what an organisation keeps to itself.
plan.json
*.plan.json
plan.html
*.plan
"""


def start_folder(folder: Path, site: str, more_settings: str = "") -> list[Path]:
    """Write ddconf.yaml and .gitignore where there are none; gives those that were written."""
    texts = {SETTINGS: _SETTINGS.format(site=site) + more_settings, ".gitignore": _IGNORED}
    written = [folder / name for name in texts if not (folder / name).exists()]
    for file in written:
        write_file(file, texts[file.name])
    return written

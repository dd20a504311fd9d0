"""The folder `.ddconf`, which a checkout may bring along: nothing in it may lead out of the checkout."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ddconf.errors import DdconfError, Diagnostic

NAME = ".ddconf"


def refuse_links_out(root: Path) -> None:
    """Raise DdconfError for a link in `.ddconf`, or for `.ddconf` itself, that leads out of the folder."""
    home = root.resolve()
    for link in _links(root / NAME):
        target = Path(os.path.realpath(link))
        if not target.is_relative_to(home):
            message = f"{link.relative_to(root)} is a link to {target}, outside {root}"
            hint = "remove it; what others put into a checkout must not be written through"
            raise DdconfError(Diagnostic(message, hint=hint))


def refuse_link_to(file: Path) -> None:
    """The same for a file that somebody names, if it lies in a `.ddconf`."""
    for folder in file.absolute().parents:
        if folder.name == NAME:
            refuse_links_out(folder.parent)


def _links(folder: Path) -> Iterator[Path]:
    """Every link at or below a path, none of them followed."""
    if folder.is_symlink():
        yield folder
        return
    for place, folders, files in os.walk(folder):
        yield from (path for name in (*folders, *files) if (path := Path(place, name)).is_symlink())

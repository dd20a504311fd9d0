"""Where the caches of a folder are."""

from __future__ import annotations

from pathlib import Path

from ddconf.cache.folder import cache_folder


def caches_of(root: Path, *name: str) -> Path:
    """The folder of caches for a folder of definitions, or one file in it."""
    folder = cache_folder(root)
    assert folder is not None
    return folder.joinpath(*name)

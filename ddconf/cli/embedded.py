"""The embedded sandbox: an emulated organisation in an SQLite file, served for the time of a command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE = "organisation.sqlite"


@contextmanager
def emulator(folder: Path, port: int = 0) -> Iterator[str]:
    """Serve the folder's organisation on a loopback port; gives the URL. A new one is made at first."""
    from ddconf.emulator.seed import open_sandbox
    from ddconf.emulator.server import serve

    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / FILE
    file.touch(mode=0o600)
    app = open_sandbox(file)
    try:
        with serve(app, port=port) as url:
            yield url
    finally:
        app.store.close()

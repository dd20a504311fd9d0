"""The embedded sandbox: an emulated organisation in an SQLite file, served for the time of a command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ddconf.errors import DdconfError, Diagnostic

if TYPE_CHECKING:
    from ddconf.emulator.app import App

FILE = "organisation.sqlite"


@contextmanager
def emulator(folder: Path, port: int = 0, faults: Iterable[str] = ()) -> Iterator[str]:
    """Serve the folder's organisation on a loopback port; gives the URL. A new one is made at first.

    Raises DdconfError for a port that is taken, for what is no fault, and for a file that is broken.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / FILE
    file.touch(mode=0o600)
    app = _opened(file)
    try:
        _order(app, faults)
        with _listening(app, port) as url:
            yield url
    finally:
        app.store.close()


def _opened(file: Path) -> App:
    import sqlite3

    from ddconf.emulator.seed import open_sandbox

    try:
        return open_sandbox(file)
    except sqlite3.DatabaseError as error:
        hint = "`ddconf sandbox reset` makes a fresh one"
        raise DdconfError(Diagnostic(f"the sandbox organisation {file}: {error}", hint=hint)) from None


def _order(app: App, faults: Iterable[str]) -> None:
    from ddconf.emulator.fault_text import order

    for fault in faults:
        try:
            order(app.faults, fault)
        except ValueError as error:
            raise DdconfError(f"--fault {fault}: {error}") from None


@contextmanager
def _listening(app: App, port: int) -> Iterator[str]:
    from ddconf.emulator.server import serve

    with ExitStack() as stack:
        try:
            url = stack.enter_context(serve(app, port=port))
        except OSError as error:
            hint = "choose another one: --port N, or 0 for any that is free"
            raise DdconfError(Diagnostic(f"port {port}: {error.strerror}", hint=hint)) from None
        yield url

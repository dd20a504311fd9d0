"""The embedded sandbox: an emulated organisation in an SQLite file, served for the time of a command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ddconf.errors import DdconfError, Diagnostic

if TYPE_CHECKING:
    from ddconf.emulator.app import App
    from ddconf.emulator.store import Store

FILE = "organisation.sqlite"


@contextmanager
def emulator(folder: Path, port: int = 0, faults: Iterable[str] = ()) -> Iterator[str]:
    """Serve the folder's organisation on a loopback port; gives the URL. A new one is made at first.

    Raises DdconfError for a port that is taken, for what is not a fault, and for a file that is broken.
    """
    from ddconf.emulator.app import App, RequestRules

    store = organisation(folder / FILE)
    try:
        app = App(store, rules=RequestRules(require_keys=False))
        order_faults(app, faults)
        with listening(app, port) as url:
            yield url
    finally:
        store.close()


def organisation(file: Path) -> Store:
    """The organisation kept in a file, a fresh one at first. Raises DdconfError for a file that is broken."""
    import sqlite3

    from ddconf.emulator.seed import open_organisation

    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.touch(mode=0o600)
    try:
        return open_organisation(file)
    except sqlite3.DatabaseError as error:
        hint = "`ddconf sandbox reset` makes a fresh one"
        raise DdconfError(Diagnostic(f"the sandbox organisation {file}: {error}", hint=hint)) from None


def order_faults(app: App, faults: Iterable[str]) -> None:
    """Let requests go wrong as the texts say. Raises DdconfError for what is not a fault."""
    from ddconf.emulator.fault_text import order

    for fault in faults:
        try:
            order(app.faults, fault)
        except ValueError as error:
            raise DdconfError(f"--fault {fault}: {error}") from None


@contextmanager
def listening(app: App, port: int, host: str = "127.0.0.1") -> Iterator[str]:
    """Serve the app; gives the URL. Raises DdconfError for a port that is taken."""
    from ddconf.emulator.server import serve

    with ExitStack() as stack:
        try:
            url = stack.enter_context(serve(app, port=port, host=host))
        except OSError as error:
            hint = "choose another one: --port N, or 0 for any that is free"
            raise DdconfError(Diagnostic(f"port {port}: {error.strerror}", hint=hint)) from None
        yield url

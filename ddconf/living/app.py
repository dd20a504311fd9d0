"""A living sandbox put together: an organisation in one file, its data in another, one app that answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ddconf.emulator.app import App, RequestRules
from ddconf.emulator.seed import plant
from ddconf.emulator.store import Store
from ddconf.living.clock import Clock
from ddconf.living.front import Front
from ddconf.living.sandbox import Sandbox, SandboxSettings
from ddconf.living.store.database import Database
from ddconf.living.timeline import passing

DATA_FILE = "data.sqlite"


@dataclass(frozen=True, slots=True)
class LivingApp:
    """The app to serve, and what it works on."""

    app: App
    sandbox: Sandbox


@contextmanager
def living(
    organisation: Store,
    data: Path | None = None,
    *,
    clock: Clock | None = None,
    settings: SandboxSettings | None = None,
) -> Iterator[LivingApp]:
    """A living organisation for as long as the context lasts; its data are kept in memory without a file."""
    clock = clock or Clock()
    plant(organisation, now=clock())
    sandbox = Sandbox(organisation, Database(data), clock=clock, settings=settings)
    front = Front(sandbox)
    app = App(
        organisation,
        clock=clock,
        rules=RequestRules(sandbox.settings.require_keys, sandbox.settings.keys),
        faults=sandbox.faults,
        front=front,
    )
    app.is_intake = front.is_intake
    try:
        with passing(sandbox):
            yield LivingApp(app, sandbox)
    finally:
        sandbox.close()

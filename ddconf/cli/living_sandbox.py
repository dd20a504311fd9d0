"""The living sandbox served: what `ddconf sandbox start` starts and stops."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ddconf.cli.embedded import FILE, listening, order_faults, organisation
from ddconf.errors import DdconfError, Diagnostic

if TYPE_CHECKING:
    from ddconf.living.sandbox import Sandbox
    from ddconf.pipelines import Enrichment

DATA_FILE = "data.sqlite"
ARCHIVES = "archives"


@dataclass(frozen=True)
class StartOptions:
    """How the sandbox is served; `dogstatsd` None for no UDP port, `hold` for a clock that stands still."""

    port: int = 8127
    host: str = "127.0.0.1"
    dogstatsd: int | None = None
    seed: Path | None = None
    hold: bool = False
    require_keys: bool = False
    any_age: bool = False
    keep_logs: int = 200_000
    notify_to: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    allow_hosts: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ListenAddress:
    """Where a sandbox listens; `dogstatsd` is its UDP port, if it has one."""

    url: str
    dogstatsd: int | None
    sandbox: Sandbox


@contextmanager
def living_sandbox(folder: Path, options: StartOptions, enrichment: Enrichment) -> Iterator[ListenAddress]:
    """Serve the folder's organisation and its data while the context lasts.

    Raises DdconfError for a port that is taken, for what is not a fault, and for a file that is broken.
    """
    from ddconf.living.app import living
    from ddconf.living.clock import Clock
    from ddconf.living.sandbox import SandboxSettings
    from ddconf.preview.live import LiveDashboards

    clock = Clock()
    if options.hold:
        clock.hold()
    settings = SandboxSettings(
        archive_folder=folder / ARCHIVES,
        most_logs=options.keep_logs,
        any_age=options.any_age,
        require_keys=options.require_keys,
        enrichment=enrichment,
        notify_to=options.notify_to,
        dashboards=LiveDashboards(options.units),
    )
    with ExitStack() as stack:
        store = organisation(folder / FILE)
        stack.callback(store.close)
        made = stack.enter_context(living(store, folder / DATA_FILE, clock=clock, settings=settings))
        made.sandbox.is_ready = options.seed is None
        order_faults(made.app, options.faults)
        made.app.hosts = options.allow_hosts
        url = stack.enter_context(listening(made.app, options.port, options.host))
        port = stack.enter_context(_dogstatsd(made.sandbox, options))
        yield ListenAddress(url, port, made.sandbox)


@contextmanager
def _dogstatsd(sandbox: Sandbox, options: StartOptions) -> Iterator[int | None]:
    if options.dogstatsd is None:
        yield None
        return
    from ddconf.living.dogstatsd import listen

    with ExitStack() as stack:
        try:
            port = stack.enter_context(listen(sandbox, options.dogstatsd, options.host))
        except OSError as error:
            hint = "choose another one: --dogstatsd N, or 0 for any that is free"
            raise DdconfError(
                Diagnostic(f"UDP port {options.dogstatsd}: {error.strerror}", hint=hint)
            ) from None
        yield port

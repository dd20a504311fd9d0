"""A living organisation: its configuration, its data, its clock, joined."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

from ddconf.emulator.seed import plant
from ddconf.emulator.store import Store
from ddconf.living.clock import Clock
from ddconf.living.dashboards import DashboardPages
from ddconf.living.faults import SandboxFaults
from ddconf.living.intake.statsd_buckets import StatsdBuckets
from ddconf.living.journal import Journal
from ddconf.living.monitors.watched import WatchList
from ddconf.living.organisation import read_configuration
from ddconf.living.routing.routing import Routing, compile_routing
from ddconf.living.store.database import Database
from ddconf.living.store.events import CheckStore, EventStore, HostStore
from ddconf.living.store.logs import LogStore
from ddconf.living.store.metrics import MetricStore
from ddconf.living.store.notifications import NotificationStore
from ddconf.pipelines.enrichment import Enrichment


@dataclass(frozen=True, slots=True)
class SandboxSettings:
    """`most_logs` and `hours` bound what is kept; `any_age` takes logs and points of any date.

    `keys` are the good API keys, any if it is None; without `require_keys` none is asked for.
    """

    archive_folder: Path | None = None
    most_logs: int = 200_000
    hours: int = 24
    any_age: bool = False
    require_keys: bool = False
    keys: frozenset[str] | None = None
    enrichment: Enrichment = field(default_factory=Enrichment)
    notify_to: tuple[str, ...] = ()
    dashboards: DashboardPages | None = None


class Sandbox:
    """What endpoints work on. Any thread may use it."""

    def __init__(
        self,
        organisation: Store,
        database: Database,
        *,
        clock: Clock | None = None,
        settings: SandboxSettings | None = None,
    ) -> None:
        self.organisation, self.database = organisation, database
        self.clock, self.settings = clock or Clock(), settings or SandboxSettings()
        self.logs, self.metrics = LogStore(database), MetricStore(database)
        self.events, self.checks, self.hosts = EventStore(database), CheckStore(database), HostStore(database)
        self.notifications = NotificationStore(database)
        self.journal, self.statsd = Journal(), StatsdBuckets()
        self.monitors, self.faults = WatchList(), SandboxFaults()
        self.is_ready = True
        """False while what it is to begin with is being made."""
        self._routing: Routing | None = None
        self._routing_of: tuple[int, int] | None = None
        self._guard = threading.Lock()

    def routing(self) -> Routing:
        """The way of logs as it is configured at this moment."""
        with self._guard:
            version = self.organisation.version
            if self._routing is None or version != self._routing_of:
                configuration = read_configuration(self.organisation)
                self._routing = compile_routing(
                    configuration, now=self.clock, enrichment=self.settings.enrichment
                )
                self._routing_of = version
            return self._routing

    def flush_statsd(self) -> None:
        """Keep what DogStatsD has added up so far."""
        if series := self.statsd.flush(self.clock.seconds):
            self.metrics.put(series)

    def clear(self) -> None:
        """Forget all data; the configuration stays."""
        self.database.clear()
        self.logs.forget()
        self.hosts.forget()
        self.journal.clear()
        with self.monitors.guard:
            self.monitors.keep_only(())
        self.statsd = StatsdBuckets()

    def reset_organisation(self) -> None:
        """Make the configuration that of a fresh organisation."""
        self.organisation.reset()
        plant(self.organisation, now=self.clock())

    def close(self) -> None:
        self.flush_statsd()
        self.database.close()

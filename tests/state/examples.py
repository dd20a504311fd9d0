"""States to write and read back."""

from __future__ import annotations

from ddconf.address import Address
from ddconf.state.model import Entry, State

CPU = Address("monitor", "cpu")
DISK = Address("monitor", "disk[/var]")
CORE = Address("team", "core")


def example(**changes: object) -> State:
    entries = {
        CORE: Entry("t1", {"name": "Core"}, {"name": "Core"}, protected=True),
        CPU: Entry("7", {"name": "CPU ", "größe": 1.5}, {"name": "CPU", "größe": 1.5}, (CORE,)),
        DISK: Entry("8", {"name": 'say "x",\n"applied":{'}, {"name": 'say "x",\n"applied":{'}),
    }
    values: dict[str, object] = {"lineage": "abc", "site": "datadoghq.com", "serial": 3, "entries": entries}
    return State(**values | changes)  # type: ignore[arg-type]

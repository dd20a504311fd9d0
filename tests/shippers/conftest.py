"""A living sandbox on this machine's clock for real shippers, and where their programs are.

`make shippers` installs them into `.shippers`, or into the folder that DDCONF_SHIPPERS names.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest

from ddconf.emulator.server import serve
from ddconf.emulator.store import Store
from ddconf.living.app import living
from ddconf.living.dogstatsd import listen
from ddconf.living.sandbox import Sandbox
from ddconf.pipelines.log import Log

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(os.environ.get("DDCONF_SHIPPERS", ROOT / ".shippers"))
Found = TypeVar("Found")


@dataclass(frozen=True)
class Target:
    """Where a shipper sends to, and what has arrived there."""

    url: str
    udp: int
    sandbox: Sandbox

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def wait_for(self, condition: Callable[[], Found]) -> Found:
        """The first true value; a shipper may take its time, but not for ever."""
        for _ in range(3000):
            if found := condition():
                return found
            time.sleep(0.02)
        raise AssertionError("nothing has arrived")

    def logs(self, count: int) -> list[Log]:
        """So many logs, in the order of their arrival."""
        self.wait_for(lambda: len(self.sandbox.logs.newest(count)) >= count)
        return [stored.log for stored, _, _ in reversed(self.sandbox.logs.newest(count))]

    def values(self, name: str) -> dict[tuple[str, ...], list[Any]]:
        """The values of a metric's series by their tags, once there are some."""

        def read() -> dict[tuple[str, ...], list[Any]]:
            self.sandbox.flush_statsd()
            stored = self.sandbox.metrics.series(name)
            found = self.sandbox.metrics.points(stored, 0, 2**40)
            return {series.tags: [value for _, value in points] for series, points in found}

        return self.wait_for(read)


@pytest.fixture
def target() -> Iterator[Target]:
    with living(Store(seed=1)) as made, serve(made.app) as url, listen(made.sandbox, port=0) as udp:
        yield Target(url, udp, made.sandbox)


def program(name: str) -> str:
    """The path of a program; the test is skipped where it is absent."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/go/bin")
    if found is None:
        pytest.skip(f"no {name} on this machine (`make shippers` installs what it can)")
    return found


def installed(*parts: str) -> Path:
    """A file or folder that `make shippers` has made."""
    path = PROGRAMS.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"no {'/'.join(parts)} in {PROGRAMS} (run `make shippers`)")
    return path

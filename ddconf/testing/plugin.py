"""pytest fixtures: `datadog_sandbox`, one for the session; `datadog`, the same without data of other tests.

pytest finds them by itself where ddconf is installed. `--datadog-seed DIR` names what is to be configured.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ddconf.testing.client import SandboxClient


def pytest_addoption(parser: pytest.Parser) -> None:
    text = "Folder of ddconf definitions that the Datadog sandbox of the tests is configured with."
    parser.getgroup("ddconf").addoption("--datadog-seed", metavar="DIR", help=text)
    parser.addini("datadog_seed", text)


@pytest.fixture(scope="session")
def datadog_sandbox(pytestconfig: pytest.Config) -> Iterator[SandboxClient]:
    """A sandbox for all tests of a process; with pytest-xdist each worker has its own."""
    from ddconf.testing.process import sandbox

    seed = pytestconfig.getoption("--datadog-seed")
    if not seed and (named := pytestconfig.getini("datadog_seed")):
        seed = pytestconfig.rootpath / str(named)
    with sandbox(seed) as client:
        yield client


@pytest.fixture
def datadog(datadog_sandbox: SandboxClient) -> SandboxClient:
    """The sandbox without the data of other tests; its clock stands still until `advance`."""
    datadog_sandbox.reset()
    return datadog_sandbox

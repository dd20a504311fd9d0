"""The pages of the shipped dashboards over real logs, and a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from ddconf.preview.server import Server
from ddconf.preview.site import Site
from docs.pictures import LOGS, material

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)


@pytest.fixture(scope="session")
def sites(corpus: Path) -> Mapping[str, Site]:
    """A site over the recorded logs of each dashboard."""
    return {name: Site(material(name, corpus)) for name in LOGS}


@pytest.fixture(scope="session")
def served(sites: Mapping[str, Site]) -> Iterator[Mapping[str, str]]:
    """The addresses that the sites are served at."""
    servers = {name: Server(lambda site=site: site) for name, site in sites.items()}  # type: ignore[misc]
    for server in servers.values():
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield {name: server.url for name, server in servers.items()}
    for server in servers.values():
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """A headless Chromium; tests that use it are skipped where there is none."""
    webdriver = pytest.importorskip("selenium.webdriver")
    driver = shutil.which("chromedriver")
    binary = shutil.which("chromium") or shutil.which("google-chrome")
    if driver is None or binary is None:
        pytest.skip("no chromium and chromedriver (on Debian: apt-get install chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for flag in (*_FLAGS.split(), f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    running = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield running
    running.quit()

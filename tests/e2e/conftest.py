"""An emulated organisation on a socket, a folder of definitions, and the command line between them."""

from __future__ import annotations

import json
import textwrap
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ddconf.cli.embedded import emulator
from ddconf.cli.group import run
from ddconf.emulator.app import App
from ddconf.emulator.seed import plant
from ddconf.emulator.server import serve
from ddconf.emulator.store import Store

KEYS = {"DD-API-KEY": "a" * 32, "DD-APPLICATION-KEY": "b" * 40}


@dataclass
class Ran:
    """What a command line came to."""

    code: int
    out: str
    err: str


@dataclass
class Desk:
    """A person at work: a folder, an organisation, a command line."""

    folder: Path
    app: App
    url: str
    capture: pytest.CaptureFixture[str]
    sandbox: bool = False

    @property
    def state(self) -> Path:
        return self.folder / ".ddconf" / ("sandbox/state.json" if self.sandbox else "state.json")

    def write(self, name: str, text: str) -> Path:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text), encoding="utf-8")
        return file

    def ddconf(self, *args: str) -> Ran:
        """Run a command in this process, as `main` does."""
        self.capture.readouterr()
        where = ["--sandbox"] if self.sandbox else []
        code = run([*where, "-C", str(self.folder), *args])
        captured = self.capture.readouterr()
        return Ran(code, captured.out, captured.err)

    def done(self, *args: str) -> str:
        """Run a command that must succeed; gives what it printed."""
        ran = self.ddconf(*args)
        assert ran.code == 0, f"exit {ran.code}\n{ran.out}\n{ran.err}"
        return ran.out

    def api(self, method: str, path: str, body: Any = None) -> Any:
        """Another hand: a raw request that ddconf knows nothing of."""
        if self.sandbox:
            with emulator(self.state.parent) as url:
                return self._request(url, method, path, body)
        return self._request(self.url, method, path, body)

    def _request(self, url: str, method: str, path: str, body: Any) -> Any:
        data = json.dumps(body).encode() if body is not None else None
        headers = {"Content-Type": "application/json", **KEYS}
        request = urllib.request.Request(url + path, data, headers, method=method)
        with urllib.request.urlopen(request) as answer:
            text = answer.read()
        return json.loads(text) if text else None


@pytest.fixture
def desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Desk]:
    for name in ("DD_SITE", "DATADOG_HOST", "DDCONF_SANDBOX", "DD_BEARER_TOKEN", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    store = Store(seed=7)
    plant(store)
    app = App(store)
    with serve(app) as url:
        monkeypatch.setenv("DD_HOST", url)
        monkeypatch.setenv("DD_API_KEY", KEYS["DD-API-KEY"])
        monkeypatch.setenv("DD_APP_KEY", KEYS["DD-APPLICATION-KEY"])
        monkeypatch.setenv("NO_COLOR", "1")
        yield Desk(tmp_path / "definitions", app, url, capsys)

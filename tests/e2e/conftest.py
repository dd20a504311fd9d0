"""An emulated organisation on a socket, a folder of definitions, and the command line between them."""

from __future__ import annotations

import io
import json
import os
import textwrap
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ddconf.cli.embedded import emulator
from ddconf.cli.group import run
from ddconf.emulator.app import App
from ddconf.emulator.seed import plant
from ddconf.emulator.server import serve
from ddconf.emulator.store import Snapshot, Store

SOAK = bool(os.environ.get("DDCONF_SOAK"))
"""Whether to try everything instead of a part, for as long as it takes."""
KEYS = {"DD-API-KEY": "a" * 32, "DD-APPLICATION-KEY": "b" * 40}


@dataclass
class Ran:
    """What a command line came to."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Checkpoint:
    """An organisation and a folder as they were once."""

    organisation: Snapshot
    files: Mapping[Path, bytes]


@dataclass
class Desk:
    """A person at work: a folder, an organisation, a command line."""

    folder: Path
    app: App
    url: str
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
        where = ["--sandbox"] if self.sandbox else []
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run([*where, "-C", str(self.folder), *args])
        return Ran(code, out.getvalue(), err.getvalue())

    def done(self, *args: str) -> str:
        """Run a command that must succeed; gives what it printed."""
        ran = self.ddconf(*args)
        assert ran.code == 0, f"exit {ran.code}\n{ran.out}\n{ran.err}"
        return ran.out

    def checkpoint(self) -> Checkpoint:
        files = {file: file.read_bytes() for file in self.folder.rglob("*") if file.is_file()}
        return Checkpoint(self.app.store.snapshot(), files)

    def return_to(self, checkpoint: Checkpoint) -> None:
        """Make organisation and folder as they were."""
        self.app.store.restore(checkpoint.organisation)
        for file in self.folder.rglob("*"):
            if file.is_file() and file not in checkpoint.files:
                file.unlink()
        for file, content in checkpoint.files.items():
            file.write_bytes(content)

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


@contextmanager
def open_desk(folder: Path) -> Iterator[Desk]:
    """A desk before a fresh organisation, with the keys to it in the environment."""
    store = Store(seed=7)
    plant(store)
    app = App(store)
    with serve(app) as url, pytest.MonkeyPatch.context() as patch:
        for name in ("DD_SITE", "DATADOG_HOST", "DDCONF_SANDBOX", "DD_BEARER_TOKEN", "FORCE_COLOR"):
            patch.delenv(name, raising=False)
        patch.setenv("DD_HOST", url)
        patch.setenv("DD_API_KEY", KEYS["DD-API-KEY"])
        patch.setenv("DD_APP_KEY", KEYS["DD-APPLICATION-KEY"])
        patch.setenv("NO_COLOR", "1")
        yield Desk(folder, app, url)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path / "definitions") as desk:
        yield desk


@contextmanager
def another_organisation(desk: Desk, environment: str, *, realm: str = "") -> Iterator[Desk]:
    """The same folder before a second, empty organisation, which `--env` reaches; see `plant` for realms."""
    store = Store(seed=11)
    plant(store, realm=realm)
    app = App(store)
    ending = f"_{environment.upper()}"
    with serve(app) as url, pytest.MonkeyPatch.context() as patch:
        patch.setenv(f"DD_HOST{ending}", url)
        patch.setenv(f"DD_API_KEY{ending}", KEYS["DD-API-KEY"])
        patch.setenv(f"DD_APP_KEY{ending}", KEYS["DD-APPLICATION-KEY"])
        yield Desk(desk.folder, app, url)

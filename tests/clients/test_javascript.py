"""Datadog's client for TypeScript, from npm: it reads what the sandbox answers to forty operations."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from ddconf.emulator.app import App
from ddconf.emulator.seed import plant
from ddconf.emulator.server import serve
from ddconf.emulator.store import Store

ROOT = Path(__file__).parents[2]
CLIENTS = Path(os.environ.get("DDCONF_CLIENTS", ROOT / ".clients"))


def test_forty_operations_are_read() -> None:
    node = shutil.which("node")
    if node is None or not (CLIENTS / "node_modules").is_dir():
        pytest.skip(f"no node, or no Datadog client in {CLIENTS} (run `make clients`)")
    store = Store(seed=1)
    plant(store)
    with serve(App(store)) as url:
        program = [node, str(Path(__file__).with_name("operations.mjs")), url]
        ran = subprocess.run(
            program,
            env={**os.environ, "CLIENT": str(CLIENTS)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    found = [json.loads(line) for line in ran.stdout.splitlines()]
    assert ran.returncode == 0, ran.stderr
    assert len(found) >= 40
    assert [item for item in found if item["problems"]] == []

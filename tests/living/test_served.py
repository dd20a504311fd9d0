"""The sandbox as a process: started by its command, seeded, killed, started again with nothing lost."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ddconf.cli.group import run

SEED = """
logs_index:
  web:
    name: web
    filter: {query: "service:web"}
logs_index_order:
  order:
    index_names: ["${logs_index.web}", main]
"""


@dataclass(frozen=True)
class Process:
    """A sandbox that listens."""

    url: str
    process: subprocess.Popen[str]
    said: list[str]

    def ask(self, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"content-type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.loads(response.read())


@contextmanager
def started(folder: Path, *options: str) -> Iterator[Process]:
    command = [sys.executable, "-m", "ddconf", "-C", str(folder), "sandbox", "start", "--port", "0", *options]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "DDCONF_SANDBOX": "0"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        said: list[str] = []
        assert process.stdout
        for line in process.stdout:
            said.append(line.strip())
            if found := re.search(r"listens on (\S+)", line):
                break
        else:
            raise AssertionError(f"it did not start: {said}")
        try:
            yield Process(found[1], process, said)
        finally:
            process.kill()


def send(sandbox: Process, *messages: str, **more: Any) -> None:
    sandbox.ask("/api/v2/logs", [{"message": message, **more} for message in messages])


def found(sandbox: Process) -> list[str]:
    asked = {"filter": {"query": "*", "from": "now-1h"}, "page": {"limit": 1000}}
    return [
        item["attributes"]["message"] for item in sandbox.ask("/api/v2/logs/events/search", asked)["data"]
    ]


@pytest.mark.slow
def test_what_was_acknowledged_is_there_after_a_kill(tmp_path: Path) -> None:
    with started(tmp_path) as sandbox:
        for number in range(20):
            send(sandbox, *(f"{number}-{place}" for place in range(10)))
        os.kill(sandbox.process.pid, signal.SIGKILL)
        sandbox.process.wait()
    with started(tmp_path) as sandbox:
        assert sorted(found(sandbox)) == sorted(
            f"{number}-{place}" for number in range(20) for place in range(10)
        )
        send(sandbox, "after")
        assert len(found(sandbox)) == 201


@pytest.mark.slow
def test_a_folder_of_definitions_is_made_before_it_listens(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "seed").mkdir()
    (tmp_path / "seed" / "logs.yaml").write_text(SEED)
    with started(tmp_path, "--seed", str(tmp_path / "seed"), "--hold") as sandbox:
        assert sandbox.said[0].startswith("Made 2 objects")
        send(sandbox, "a", service="web")
        assert sandbox.ask("/_sandbox/health")["indexes"] == {"web": 1}
        assert sandbox.ask("/_sandbox/clock")["held"] is True
        before = sandbox.ask("/_sandbox/clock")["now"]
        time.sleep(0.01)
        assert sandbox.ask("/_sandbox/clock")["now"] == before
        assert run(["-C", str(tmp_path), "why-log", "--last", "1", "--url", sandbox.url]) == 0
    assert "index 'web' took it first" in capsys.readouterr().out
    assert run(["-C", str(tmp_path), "why-log"]) == 0
    assert "it can be searched" in capsys.readouterr().out
    assert run(["-C", str(tmp_path), "why-log", "unknown"]) == 1
    assert "no log unknown" in capsys.readouterr().err


@pytest.mark.slow
def test_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    with started(tmp_path) as sandbox:
        send(sandbox, "a")
    folder = tmp_path / ".ddconf" / "sandbox"
    modes = {file.name: oct(file.stat().st_mode & 0o777) for file in folder.glob("*.sqlite")}
    assert modes == {"organisation.sqlite": "0o600", "data.sqlite": "0o600"}


def test_no_sandbox_is_told_with_the_way_to_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(tmp_path), "why-log"]) == 1
    assert "ddconf sandbox start" in capsys.readouterr().err
    assert run(["-C", str(tmp_path), "why-log", "--url", "http://127.0.0.1:1"]) == 1
    assert "no sandbox at http://127.0.0.1:1" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_order(tmp_path: Path, number: int) -> None:
    with started(tmp_path) as sandbox:
        archive = {
            "name": "all",
            "query": "*",
            "destination": {
                "type": "s3",
                "bucket": "b",
                "integration": {"role_name": "r", "account_id": "1"},
            },
        }
        sandbox.ask("/api/v2/logs/config/archives", {"data": {"type": "archives", "attributes": archive}})
        send(sandbox, "a")
        for _ in range(3):  # as where a shell and its group both send one
            os.kill(sandbox.process.pid, number)
        assert sandbox.process.wait(60) == 0
        assert sandbox.process.stdout and "Stopped." in sandbox.process.stdout.read()
    assert len(list((tmp_path / ".ddconf" / "sandbox" / "archives").rglob("*.json.gz"))) == 1

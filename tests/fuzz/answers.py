"""Random and hostile answers of the API to whole runs: plan, apply, export end in results or in mistakes.

The emulator answers, and on the way to the client each answer may be changed. Whatever comes, a run ends with
an exit code of the table and without a traceback, and so does a plan from true answers after it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

import pytest

from ddconf.datadog.http import client
from ddconf.datadog.http.transport import Answer, NoAnswer, answer_of
from ddconf.document import JSON
from ddconf.emulator.wire import Request
from tests.e2e import thirty
from tests.e2e.conftest import KEYS, Checkpoint, Desk, open_desk
from tests.e2e.trouble import short_waits
from tests.fuzz._mutate import garble, mutate

BATCH = 10_000
COMMANDS = (
    ("plan",),
    ("apply", "--auto-approve", "--parallelism=2"),
    ("drift",),
    ("export", "--kind", "monitor", "--kind", "dashboard", "--kind", "logs_custom_pipeline"),
    ("destroy", "--auto-approve", "--allow-deletes=99"),
    ("import", "monitor.other", "1"),
    ("auth", "check"),
)
STATUSES = (200, 200, 200, 201, 204, 301, 400, 401, 403, 404, 409, 413, 422, 429, 500, 502, 503, 504, 599)
PAGE = b"<html><title>x</title></html>"
RAW = (b"", b"null", b"[", b"NaN", b"[" * 2000, b"\xff\xfe", PAGE, b'"\\ud800"', b"{}")
HEADERS: tuple[Mapping[str, str], ...] = (
    {},
    {"x-ratelimit-reset": "0", "x-ratelimit-remaining": "0"},
    {"x-ratelimit-reset": "x", "x-ratelimit-remaining": "-7"},
    {"x-ratelimit-reset": "nan", "x-ratelimit-remaining": "inf"},
    {"retry-after": "0"},
)


class Hostile:
    """Stands between the client and the emulator, and changes a share of the answers."""

    def __init__(self, desk: Desk, chance: Random, share: float) -> None:
        self._desk, self._chance, self._share = desk, chance, share
        self.answers = 0

    def send(self, method: str, path: str, params: Mapping[str, str] | None, body: JSON) -> Answer:
        target = path + (f"?{urlencode(params)}" if params else "")
        content = b"" if body is None else json.dumps(body).encode()
        response = self._desk.app.handle(Request(method, target, KEYS, content))
        self.answers += 1
        if self._chance.random() >= self._share:
            return answer_of(response.status, response.headers, response.body)
        return self._changed(response.status, response.body)

    def _changed(self, status: int, body: bytes) -> Answer:
        chance = self._chance
        headers = chance.choice(HEADERS)
        match chance.randrange(8):
            case 0:
                raise NoAnswer("the connection broke", sent=chance.random() < 0.8)
            case 1:
                return answer_of(chance.choice(STATUSES), headers, body)
            case 2:
                return answer_of(chance.choice(STATUSES), headers, chance.choice(RAW))
            case 3:
                return answer_of(status, headers, garble(body.decode(), ("", "{", "]", '"'), chance).encode())
            case _:
                try:
                    value = mutate(json.loads(body), chance)
                except ValueError:
                    value = {}
                return answer_of(status, headers, json.dumps(value).encode())

    def close(self) -> None:
        pass


def one_run(desk: Desk, fresh: Checkpoint, seed: int) -> int:
    """Some commands with changed answers, then one with true ones; how many answers there were."""
    chance = Random(seed)
    shutil.rmtree(desk.folder, ignore_errors=True)
    desk.return_to(fresh)
    thirty.define(desk, chance.choice((thirty.before(), thirty.after())))
    wires: list[Hostile] = []

    def wire(*_args: Any, **_more: Any) -> Hostile:
        wires.append(Hostile(desk, chance, chance.choice((0.0, 0.05, 0.3))))
        return wires[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "Wire", wire)
        for _ in range(chance.randint(1, 4)):
            command = chance.choice(COMMANDS)
            ran = desk.ddconf(*command)
            assert ran.code in (0, 1, 3, 4, 5), (command, ran.code)
            assert "Traceback" not in ran.err, (command, ran.err)
            assert ran.code == 0 or ran.err or "cannot" in ran.out, (command, ran.out)
            if chance.random() < 0.5:
                thirty.define(desk, thirty.after())
    assert "Traceback" not in desk.ddconf("plan").err
    return sum(wire.answers for wire in wires)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=100_000, help="how many answers")
    options.add_argument("--seed", type=int, default=0)
    arguments = options.parse_args()
    os.environ["NO_COLOR"] = "1"
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())
        desk = stack.enter_context(open_desk(Path(folder) / "definitions"))
        stack.enter_context(short_waits())
        fresh = desk.checkpoint()
        seed, answers, told = arguments.seed, 0, 0
        while answers < arguments.runs:
            try:
                answers += one_run(desk, fresh, seed)
            except BaseException as error:
                error.add_note(f"with --seed {seed} --runs 1")
                raise
            seed += 1
            if answers >= min(told + BATCH, arguments.runs):
                told = answers
                runs = seed - arguments.seed
                print(f"{answers} answers to {runs} runs: results or mistakes, nothing else", flush=True)


if __name__ == "__main__":
    main()

"""A sandbox as a process that lives as long as a context."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ddconf.testing.client import SandboxClient

_LISTENS = re.compile(r"listens on (?P<url>http://\S+)")
_UDP = re.compile(r"DogStatsD: UDP port (?P<port>\d+)")


class SandboxFailed(RuntimeError):
    """A sandbox that did not start; the text is what it printed."""


@contextmanager
def sandbox(
    seed: str | Path | None = None, *, hold: bool = True, options: Sequence[str] = ()
) -> Iterator[SandboxClient]:
    """A fresh organisation on a free port; what the folder `seed` defines is made first.

    Its clock stands still unless `hold` is false. `options` are further ones of `ddconf sandbox start`.
    Raises SandboxFailed.
    """
    with tempfile.TemporaryDirectory(prefix="ddconf-sandbox-") as folder:
        command = [sys.executable, "-m", "ddconf", "-C", folder, "sandbox", "start", "--port", "0"]
        command += ["--dogstatsd", "0", *(["--hold"] if hold else []), *options]
        command += ["--seed", str(Path(seed).resolve())] if seed else []
        environment = {**os.environ, "PYTHONUNBUFFERED": "1", "DDCONF_SANDBOX": "0", "NO_COLOR": "1"}
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        ) as process:
            assert process.stdout
            try:
                yield _started(process.stdout)
            finally:
                process.kill()


def _started(output: IO[str]) -> SandboxClient:
    """Read until it says where it listens; the line of DogStatsD's port is the next."""
    said = url = ""
    for line in output:
        said += line
        if found := _LISTENS.search(line):
            url = found["url"]
        if port := _UDP.search(line):
            return SandboxClient(url, int(port["port"]))
    raise SandboxFailed(f"the sandbox did not start:\n{said}")

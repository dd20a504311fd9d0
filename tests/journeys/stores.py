"""Servers for the state, each a program of its own: moto, versitygw (both speak S3), Azurite (Azure blobs).

`make journeys` installs the last two into `.journeys`, or into the folder that DDCONF_JOURNEYS names.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path

import pytest

from tests.conftest import ROOT

PROGRAMS = Path(os.environ.get("DDCONF_JOURNEYS", ROOT / ".journeys"))
BUCKET = "states"
_ACCOUNT = "devstoreaccount1"
_ACCOUNT_KEY = base64.b64encode(b"a key that Azurite is told at its start").decode()
_KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secretsecret", "AWS_REGION": "us-east-1"}


@dataclass(frozen=True)
class StateStore:
    """Where states can be: the beginning of their URLs, and what the environment must say."""

    prefix: str
    environment: dict[str, str] = field(default_factory=dict)


def program(name: str) -> str:
    """The path of a server; the test is skipped where it is absent."""
    folders = os.pathsep.join([str(PROGRAMS / "bin"), str(PROGRAMS / "node_modules" / ".bin")])
    found = shutil.which(name, path=f"{folders}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        pytest.skip(f"no {name} on this machine (`make journeys` installs it)")
    return found


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def versitygw(folder: Path) -> Iterator[StateStore]:
    """An S3 gateway before a folder. https://github.com/versity/versitygw"""
    port = free_port()
    server = program("versitygw")
    buckets, sidecar = folder / "buckets", folder / "sidecar"
    (buckets / BUCKET).mkdir(parents=True)
    sidecar.mkdir()
    keys = ["--access", _KEYS["AWS_ACCESS_KEY_ID"], "--secret", _KEYS["AWS_SECRET_ACCESS_KEY"]]
    command = [server, "--port", f"127.0.0.1:{port}", *keys, "posix", "--sidecar", str(sidecar)]
    with _served([*command, str(buckets)], port):
        yield StateStore(f"s3://{BUCKET}", {**_KEYS, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"})


@contextmanager
def azurite(folder: Path) -> Iterator[StateStore]:
    """Azure's own emulator of blobs. https://github.com/Azure/Azurite"""
    port = free_port()
    server = program("azurite-blob")
    options = ["--silent", "--skipApiVersionCheck", "--blobPort", str(port), "--location", str(folder)]
    environment = {**os.environ, "AZURITE_ACCOUNTS": f"{_ACCOUNT}:{_ACCOUNT_KEY}"}
    url = f"http://127.0.0.1:{port}/{_ACCOUNT}"
    with _served([server, *options], port, environment):
        _make_container(url)
        yield StateStore(
            f"az://{BUCKET}",
            {
                "AZURE_STORAGE_ACCOUNT_NAME": _ACCOUNT,
                "AZURE_STORAGE_ACCOUNT_KEY": _ACCOUNT_KEY,
                "AZURE_STORAGE_ENDPOINT": url,
            },
        )


def _make_container(url: str) -> None:
    """Create the container. https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key"""
    headers = {"x-ms-date": formatdate(usegmt=True), "x-ms-version": "2021-08-06"}
    lines = ["PUT", *[""] * 11, *(f"{name}:{value}" for name, value in sorted(headers.items()))]
    text = "\n".join([*lines, f"/{_ACCOUNT}/{_ACCOUNT}/{BUCKET}", "restype:container"])
    digest = hmac.new(base64.b64decode(_ACCOUNT_KEY), text.encode(), hashlib.sha256).digest()
    signed = {**headers, "Authorization": f"SharedKey {_ACCOUNT}:{base64.b64encode(digest).decode()}"}
    request = urllib.request.Request(f"{url}/{BUCKET}?restype=container", headers=signed, method="PUT")
    urllib.request.urlopen(request, timeout=30)


@contextmanager
def _served(command: list[str], port: int, environment: dict[str, str] | None = None) -> Iterator[None]:
    silent = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=silent, stderr=silent, env=environment) as server:
        try:
            _wait_for(lambda: socket.create_connection(("127.0.0.1", port), timeout=5).close(), server)
            yield
        finally:
            server.terminate()


def _wait_for(connect: Callable[[], None], server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            return connect()
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
    raise TimeoutError(f"{server.args!r} does not listen")

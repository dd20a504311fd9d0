"""Secrets in files: what is not a small regular file is refused at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ddconf.definitions.settings import SecretSource, Settings, read
from ddconf.errors import DdconfError


def secret(file: Path) -> str:
    return Settings(root=file.parent, secrets={"x": SecretSource(file=file)}).secret("x")


def test_a_regular_file_is_read_through_a_link_too(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("value\n")
    (tmp_path / "link").symlink_to("token")
    assert secret(tmp_path / "link") == "value"


def test_a_pipe_is_refused_and_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DdconfError, match="not a regular file"):
        secret(tmp_path / "pipe")


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_refused(device: str) -> None:
    with pytest.raises(DdconfError, match="not a regular file"):
        secret(Path(device))


def test_a_file_without_end_is_bounded(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * 1_000_001)
    with pytest.raises(DdconfError, match="larger than 1 MB"):
        secret(tmp_path / "large")


@pytest.mark.parametrize("name", ["DD_API_KEY", "DATADOG_APP_KEY", "DD_BEARER_TOKEN", "DD_API_KEY_FILE"])
def test_no_secret_names_a_key_of_the_run(tmp_path: Path, name: str) -> None:
    (tmp_path / "ddconf.yaml").write_text(f"secrets: {{x: {{env: {name}}}}}\n")
    with pytest.raises(DdconfError, match="is a key of ddconf itself"):
        read(tmp_path)


@pytest.mark.parametrize("file", ["/proc/self/environ", "../../../../../../../../proc/self/environ", "link"])
def test_no_secret_is_read_from_a_process(tmp_path: Path, file: str) -> None:
    (tmp_path / "link").symlink_to("/proc/self/environ")
    (tmp_path / "ddconf.yaml").write_text(f"secrets: {{x: {{file: {file}}}}}\n")
    with pytest.raises(DdconfError, match="tells of processes"):
        read(tmp_path)


def test_the_file_or_the_value_of_a_key_is_no_secret(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k" * 32 + "\n")
    env = {"DD_API_KEY_FILE": str(tmp_path / "key"), "DD_APP_KEY": "a" * 40, "COPY": "a" * 40}
    for source in (SecretSource(file=tmp_path / "key"), SecretSource(env="COPY")):
        with pytest.raises(DdconfError, match="key of ddconf itself"):
            Settings(root=tmp_path, secrets={"x": source}, env=env).secret("x")

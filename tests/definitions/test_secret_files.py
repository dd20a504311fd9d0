"""Secrets in files: what is not a small regular file is refused at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ddconf.definitions.settings import SecretSource, Settings
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

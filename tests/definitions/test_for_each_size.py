"""A for_each that would fill the memory is told instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddconf.definitions.load import load
from ddconf.definitions.settings import Settings
from ddconf.errors import DdconfError


def test_five_thousand_times_a_megabyte_is_refused(tmp_path: Path) -> None:
    keys = ", ".join(f"k{number}" for number in range(5000))
    text = "x" * 1_000_000
    (tmp_path / "a.yaml").write_text(f"monitor:\n  a:\n    for_each: [{keys}]\n    message: {text}\n")
    with pytest.raises(DdconfError, match="'for_each' makes more than 100 MB of definitions"):
        load(tmp_path, Settings(root=tmp_path))

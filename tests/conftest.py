"""What all tests share: where the corpus lies, where caches go, and how many inputs `make fuzz` tries."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus2"

hypothesis.settings.register_profile("tests", deadline=None)  # a busy machine is not a failure
hypothesis.settings.load_profile("tests")
hypothesis.settings.register_profile("fuzz", max_examples=20_000, deadline=None)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The corpus folder; tests that use it are skipped where it is absent."""
    folder = Path(os.environ.get("DDCONF_CORPUS", CORPUS))
    if not folder.is_dir():
        pytest.skip(f"no corpus at {folder} (set DDCONF_CORPUS)")
    return folder


@pytest.fixture(scope="session", autouse=True)
def caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test reads or writes the caches of whoever runs it; nor do the processes that tests start."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("caches")
        patch.setenv("DDCONF_CACHE_DIR", str(folder))
        yield folder

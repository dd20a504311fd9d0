"""The examples of docs/pipelines-engine.md print what the page says."""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator

import pytest

from ddconf.pipelines import processors
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "pipelines-engine.md"
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)


@pytest.fixture
def untouched_registry() -> Iterator[None]:
    known = dict(processors.registered())
    yield
    processors._BUILDS.clear()
    processors._BUILDS.update(known)


def test_the_examples_print_what_the_page_says(untouched_registry: None) -> None:
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, PAGE.name, str(PAGE), 0)
    said: list[str] = []
    result = doctest.DocTestRunner().run(test, out=said.append)
    assert result.attempted > 20
    assert "".join(said) == ""

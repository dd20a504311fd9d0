"""docs/definitions.md: every example is loaded, and gives what the page says it gives."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from ddconf.definitions import settings
from ddconf.definitions.draw_diagnostic import draw
from ddconf.definitions.load import load
from ddconf.errors import DdconfError

from .folder import documents

PAGE = Path(__file__).parents[2] / "docs" / "definitions.md"
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL)
SETTINGS = next(text for _, text in BLOCKS if text.startswith("# ddconf.yaml"))
EXAMPLES = [
    (text, following)
    for (language, text), following in pairwise([*BLOCKS, ("", "")])
    if language == "yaml" and text != SETTINGS
]


@pytest.mark.parametrize(("text", "following"), EXAMPLES, ids=lambda value: str(value[0])[:20].strip())
def test_an_example_gives_what_the_page_says(
    text: str, following: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ddconf.yaml").write_text(SETTINGS)
    Path("definitions.yaml").write_text(text)
    chosen = settings.read(Path(), environment="production")
    language, expected = following
    if language == "text":
        with pytest.raises(DdconfError) as raised:
            load(Path(), chosen)
        assert [f"{draw(item)}\n" for item in raised.value.diagnostics] == [expected]
    else:
        found = documents(load(Path(), chosen))
        assert found
        if language == "json":
            assert found == json.loads(expected)


def test_every_setting_is_in_the_example_and_in_the_table() -> None:
    for key in settings.KEYS:
        assert f"\n{key}:" in f"\n{SETTINGS}"
        assert f"| `{key}` |" in PAGE.read_text()


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) >= 9

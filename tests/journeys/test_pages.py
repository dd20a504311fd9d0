"""The pages of docs/ that tell stories: their commands are those that are played."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT
from tests.journeys.script import Story, stories

_BLOCK = re.compile(
    r"<!-- not run: played in tests/journeys/stories/(?P<story>\w+)\.md -->\n```sh\n(?P<commands>.*?)```",
    re.DOTALL,
)
_PAGES = {page: page.read_text(encoding="utf-8") for page in sorted((ROOT / "docs").glob("*.md"))}
_TOLD = [(page.name, *found.groups()) for page, text in _PAGES.items() for found in _BLOCK.finditer(text)]
_STORIES = {story.name: story for story in stories()}


@pytest.mark.parametrize("story", _STORIES.values(), ids=_STORIES.keys())
def test_every_story_is_told_by_a_page_that_links_to_it(story: Story) -> None:
    telling = {page for page, name, _ in _TOLD if name == story.name}
    link = f"](../tests/journeys/stories/{story.name}.md)"
    assert telling & {page.name for page, text in _PAGES.items() if link in text}


@pytest.mark.parametrize(
    ("page", "name", "commands"), _TOLD, ids=[f"{page}-{name}" for page, name, _ in _TOLD]
)
def test_the_commands_of_a_page_are_played_in_its_order(page: str, name: str, commands: str) -> None:
    played = iter([step.command for step in _STORIES[name].steps])
    for command in commands.splitlines():
        assert any(command in step for step in played), f"not played there, or in another order: {command}"

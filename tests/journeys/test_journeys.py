"""Every story is played with real processes, on every store that it names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.machine import World
from tests.journeys.script import FOLDER, Story, read, stories, unmet

STEPS = range(6, 21)


def plays() -> Iterator[object]:
    """Each story with each of its stores; the slow ones are marked."""
    for story in stories():
        for store in story.listed("state") or [""]:
            marks = [pytest.mark.slow] if "slow" in story.settings else []
            name = f"{story.name}-{store}" if store else story.name
            yield pytest.param(story, (story, store), id=name, marks=marks)


@pytest.mark.parametrize(("story", "world"), list(plays()), indirect=["world"])
def test_a_story_goes_as_it_is_told(story: Story, world: World) -> None:
    world.play(story)


def test_there_are_stories_and_none_is_too_long_to_read() -> None:
    assert len(list(FOLDER.glob("*.md"))) >= 12
    assert {story.name: len(story.steps) for story in stories() if len(story.steps) not in STEPS} == {}


def test_what_must_be_seen_is_found_in_its_order_and_what_must_not_is_told(tmp_path: Path) -> None:
    text = "## a (fresh, umask 022/077, 3 times)\n```console\n$ x\n> y\none ... three\n! no\n[2]\n```\n"
    story = read("s", text)
    (section,), (step,) = story.sections, story.steps
    assert (section.times, section.option("umask", 1), step.command, step.code) == (3, "077", "x\ny", 2)
    assert unmet(step, "zero\none two three\n") == ""
    assert "one ... three" in unmet(step, "three\none\n")
    assert "no" in unmet(step, "one three\nno\n")

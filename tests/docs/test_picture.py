"""The README's picture is of what a plan prints today."""

from __future__ import annotations

import html
import re

import click
import pytest

from docs import picture


def words(text: str) -> list[str]:
    """What is written, without the ids, which differ from one organisation to the next."""
    return re.sub(r"\[id=[^]]+\]|organisation:\s[\w-]+", "", text).split()


@pytest.mark.slow
def test_the_picture_shows_what_a_plan_prints():
    svg = picture.PICTURE.read_text(encoding="utf-8")
    drawn = html.unescape(" ".join(re.findall(r"<text [^>]*>([^<]*)</text>", svg)))
    printed = click.unstyle(picture.plan())
    assert "".join(words(printed)) in "".join(words(drawn)), "run `make picture`"

"""The README's picture is of what a plan prints today."""

from __future__ import annotations

import html
import re

import click
import pytest

from docs import picture
from docs.pictures import changed_threshold, plan_text
from tests.conftest import ROOT


def words(text: str) -> list[str]:
    """What is written, without the ids, which differ from one organisation to the next."""
    return re.sub(r"\[id=[^]]+\]|organisation:\s[\w-]+", "", text).split()


@pytest.mark.slow
def test_the_picture_shows_what_a_plan_prints():
    svg = picture.PICTURE.read_text(encoding="utf-8")
    drawn = html.unescape(" ".join(re.findall(r"<text [^>]*>([^<]*)</text>", svg)))
    printed = click.unstyle(picture.plan())
    assert "".join(words(printed)) in "".join(words(drawn)), "run `make picture`"


@pytest.mark.slow
def test_a_page_shows_what_a_plan_prints_of_a_changed_threshold():
    page = (ROOT / "docs" / "testing-monitors.md").read_text(encoding="utf-8")
    [shown] = re.findall(r"```text\n(  # monitor\.vrrp-flapping.*?)```", page, re.DOTALL)
    with changed_threshold() as folder:
        printed = plan_text(folder)
    assert " ".join(words(shown)) in " ".join(words(printed))

"""A plan as a pull request comment."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ddconf.plans.change import Action
from ddconf.render.markdown import LIMIT, render
from tests.render.build import change, field, plan, update


def test_the_heading_is_the_closing_line_of_the_plan():
    assert render(plan(change("monitor.a", Action.CREATE))).startswith(
        "<!-- ddconf plan: datadoghq.eu -->\n### ddconf plan: 1 to add, 0 to change, 0 to destroy\n"
    )


def test_the_mark_of_a_comment_is_one_comment_whatever_the_site_is_called():
    first = render(replace(plan(), site="a--><b>")).splitlines()[0]
    assert first == "<!-- ddconf plan: a-b- -->"


def test_no_changes_is_a_heading_and_a_sentence():
    assert render(plan(unchanged=2)) == (
        "<!-- ddconf plan: datadoghq.eu -->\n"
        "### ddconf: no changes\n\nWhat is live is as defined: 2 unchanged.\n"
    )


def test_each_change_can_be_folded_and_shows_a_difference():
    text = render(plan(update("monitor.a", field("name", "a", "b"))))
    assert "<details><summary><code>~ monitor.a [id=7] will be updated in-place" in text
    assert '```diff\n! name: "a" -> "b"\n```' in text


def test_backticks_in_a_value_do_not_end_the_block():
    text = render(plan(update("monitor.a", field("message", "```\n<script>\n", "````\n"))))
    [fence] = re.findall(r"^(`+)diff$", text, re.MULTILINE)
    assert len(fence) == 5
    assert text.count(f"\n{fence}\n") == 1


def test_markup_in_a_name_is_text():
    text = render(plan(change("monitor.a", Action.DELETE, id="</code><img src=x>", reason="*@everyone*")))
    assert "<img" not in text
    assert "&lt;img src=x&gt;" in text


def test_a_plan_too_long_for_a_comment_keeps_every_change_that_fits_and_says_what_is_missing():
    many = [change(f"dashboard.d{number}", Action.CREATE, desired={"a": "x" * 5000}) for number in range(50)]
    text = render(plan(*many))
    assert len(text) <= LIMIT
    assert text.count("will be created") == 50
    assert "38 changes are shown without their fields and 0 are left out" in text


def test_so_many_changes_that_even_their_names_do_not_fit_are_counted():
    many = [change(f"dashboard.d{number}", Action.CREATE, desired={"a": 1}) for number in range(5000)]
    text = render(plan(*many))
    assert len(text) <= LIMIT
    assert re.search(r"[1-9]\d* are left out", text)


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6))
def test_a_value_never_leaves_its_block(values):
    text = render(plan(update("monitor.a", *(field(f"f{at}", "", value) for at, value in enumerate(values)))))
    outside = re.sub(r"^(`{3,})diff\n.*?\n\1$", "", text, flags=re.MULTILINE | re.DOTALL)
    assert outside.count("<details>") == 1 == outside.count("</details>")
    assert "``" not in outside

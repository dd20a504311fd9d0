"""A plan as a pull request comment."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ddconf.errors import Diagnostic
from ddconf.plans.change import Action
from ddconf.render.header import PlanHeader
from ddconf.render.markdown import COMMENT_LIMIT, render
from ddconf.render.view import PlanView
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
        "### ddconf: no changes\n\nSite: <code>datadoghq.eu</code>\n\n"
        "Live configuration matches the definitions: 2 unchanged.\n"
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
    assert len(text) <= COMMENT_LIMIT
    assert text.count("will be created") == 12
    assert "38 changes are listed by name alone" in text
    assert all(re.search(rf"\bd{number}\b", text) for number in range(50))


def test_the_names_of_600_creates_are_all_there():
    many = [change(f"monitor.cpu-{number}", Action.CREATE, desired={"a": "x" * 900}) for number in range(600)]
    text = render(plan(*many))
    assert len(text) <= COMMENT_LIMIT
    assert all(re.search(rf"\bcpu-{number}\b", text) for number in range(600))


@given(st.lists(st.integers(1, 400), min_size=1, max_size=60), st.integers(1500, 9000))
def test_a_comment_is_never_longer_than_its_limit(sizes, limit):
    many = [
        change(f"monitor.m{at}", Action.CREATE, desired={"a": "x" * size}) for at, size in enumerate(sizes)
    ]
    assert len(render(plan(*many), limit=limit)) <= limit


def test_what_stops_a_plan_stands_above_it():
    header = PlanHeader("prod", "abc", (Diagnostic("the plan would delete <all>", hint="allow it"),))
    text = render(plan(change("monitor.a", Action.DELETE)), PlanView(header=header))
    assert text.startswith("<!-- ddconf plan: datadoghq.eu prod -->")
    assert "environment: <code>prod</code>, organisation: <code>abc</code>" in text
    assert text.index("the plan would delete &lt;all&gt; (allow it)") < text.index("monitor.a")


def test_so_many_changes_that_even_their_names_do_not_fit_are_counted():
    many = [change(f"dashboard.d{number}", Action.CREATE, desired={"a": 1}) for number in range(20_000)]
    text = render(plan(*many))
    assert len(text) <= COMMENT_LIMIT
    assert re.search(r"[1-9][\d,]* more names do not fit", text)


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6))
def test_a_value_never_leaves_its_block(values):
    text = render(plan(update("monitor.a", *(field(f"f{at}", "", value) for at, value in enumerate(values)))))
    outside = re.sub(r"^(`{3,})diff\n.*?\n\1$", "", text, flags=re.MULTILINE | re.DOTALL)
    assert outside.count("<details>") == 1 == outside.count("</details>")
    assert "``" not in outside

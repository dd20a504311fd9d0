"""A plan as a page."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest

from ddconf.address import Address
from ddconf.document import copy
from ddconf.errors import Diagnostic, Source
from ddconf.pipelines.log import Log
from ddconf.plans.change import Action, Cause
from ddconf.render.header import PlanHeader
from ddconf.render.html import after_of, render
from ddconf.render.view import PlanView
from ddconf.render.wireframe import boxes, marked
from tests.preview.reading import Element, read
from tests.render.build import change, field, plan, update


def box(title: str, x: int = 0, y: int = 0, width: int = 4, height: int = 2, **more: Any) -> dict[str, Any]:
    definition = {"type": "note", "title": title, "content": title, **more}
    return {"definition": definition, "layout": {"x": x, "y": y, "width": width, "height": height}}


def board(*widgets: dict[str, Any]) -> dict[str, Any]:
    return {"title": "Board", "widgets": list(widgets)}


PIPELINE = {
    "name": "Shop",
    "is_enabled": True,
    "filter": {"query": "source:shop"},
    "processors": [
        {
            "type": "grok-parser",
            "name": "Order",
            "is_enabled": True,
            "source": "message",
            "grok": {"match_rules": "order order %{notSpace:id}", "support_rules": ""},
        }
    ],
}


def texts(page: Element, tag: str, class_: str = "") -> list[str]:
    return [item.words for item in page.all(tag, class_)]


def test_no_changes_are_said_in_a_sentence() -> None:
    page = read(render(plan(unchanged=3)))
    assert texts(page, "h1") == ["ddconf plan: no changes"]
    assert "3 unchanged" in page.text


def test_changes_are_counted_by_kind_and_action() -> None:
    page = read(render(plan(change("monitor.a", Action.DELETE, id="1"), change("monitor.b", Action.CREATE))))
    assert texts(page.all("table", "counts")[0], "tr") == ["Kind create destroy", "monitor 1 1"]


def test_changes_stand_under_the_folder_that_defines_them() -> None:
    page = read(
        render(
            plan(
                change("monitor.a", Action.CREATE, source=Source("definitions/netflow/monitors.yaml", 1, 1)),
                change("monitor.b", Action.CREATE, source=Source("definitions/nas/monitors.yaml", 1, 1)),
                change("monitor.c", Action.DELETE),
            )
        )
    )
    assert texts(page, "h2") == [
        "nas 1 to add, 0 to change, 0 to destroy",
        "netflow 1 to add, 0 to change, 0 to destroy",
        "no longer defined 0 to add, 0 to change, 1 to destroy",
    ]


@pytest.mark.parametrize("cause", list(Cause))
def test_a_difference_has_the_colour_of_its_cause(cause: Cause) -> None:
    page = read(render(plan(update("monitor.a", field("name", "old", "new", cause)))))
    [difference] = page.all("div", str(cause))
    assert 'name: "old" -> "new"' in difference.text


def test_every_change_can_be_folded_by_keyboard() -> None:
    page = read(render(plan(change("monitor.a", Action.CREATE, desired={"name": "A"}))))
    [details] = page.all("details", "change")
    assert next(child.tag for child in details.children if isinstance(child, Element)) == "summary"
    assert "+ name: A" in details.words


def test_a_page_is_one_file_that_runs_its_own_script_alone() -> None:
    page = read(render(plan(update("monitor.a", field("name", "<script>x</script>", "<img src=x>")))))
    [script] = page.all("script")
    digest = b64encode(sha256(script.text.encode()).digest()).decode()
    [policy] = [item for item in page.all("meta") if "http-equiv" in item.attributes]
    assert f"script-src 'sha256-{digest}'" in policy.attributes["content"]
    assert not page.all("img") and not page.all("link")
    assert "<script>x</script>" in page.text


def test_a_secret_is_not_on_the_page() -> None:
    digests = ["secret:" + digit * 32 for digit in "12"]
    page = render(plan(update("webhook.a", field("custom_headers", *digests))))
    assert not any(digest in page for digest in digests)


def test_a_dashboard_change_is_drawn_twice() -> None:
    before = board(box("Stays"), box("Moves", 4), box("Goes", 8), box("Changes", 0, 2))
    widgets = [box("Stays"), box("Moves", 8), box("Changes", 0, 2, content="other"), box("Comes", 4)]
    change_ = update("dashboard.a", field("widgets", before["widgets"], widgets), before=before)
    page = read(render(plan(change_)))
    left, right = (texts(figure, "li") for figure in page.all("figure"))
    assert left == ["Stays", "moved: Moves", "removed: Goes", "changed: Changes"]
    assert right == ["Stays", "moved: Moves", "changed: Changes", "added: Comes"]


def test_a_new_dashboard_is_drawn_once_and_a_title_alone_not_at_all() -> None:
    page = read(render(plan(change("dashboard.a", Action.CREATE, desired=board(box("New"))))))
    assert texts(page, "figcaption") == ["After"]
    renamed = update("dashboard.a", field("title", "A", "B"), before=board(box("Same")))
    assert not read(render(plan(renamed))).all("figure")


def test_a_widget_that_only_grows_is_resized_not_moved() -> None:
    old, new = marked(list(boxes(board(box("A")))), list(boxes(board(box("A", width=8)))))
    assert [item.mark for item in (*old, *new)] == ["resized", "resized"]


def test_an_object_that_is_live_has_a_link() -> None:
    page = read(
        render(plan(update("monitor.a", field("name", "a", "b")), change("monitor.b", Action.CREATE)))
    )
    assert [link.attributes["href"] for link in page.all("a")] == ["https://app.datadoghq.eu/monitors/7"]


def test_what_stops_a_plan_and_its_organisation_are_said() -> None:
    header = PlanHeader("prod", "abc", (Diagnostic("too many <b>"),))
    page = read(
        render(
            plan(change("monitor.a", Action.DELETE, source=Source("a.yaml", 1, 1))), PlanView(header=header)
        )
    )
    assert "too many <b>" in page.all("div", "refused")[0].text
    assert "environment: prod, organisation: abc" in page.text
    assert page.all("h2")[0].text.startswith("Top folder")


def test_a_widget_that_changes_its_group_has_moved() -> None:
    def groups(first: list[dict[str, Any]], second: list[dict[str, Any]]) -> dict[str, Any]:
        return board(
            box("One", 0, 0, 12, 3, type="group", widgets=first),
            box("Two", 0, 3, 12, 3, type="group", widgets=second),
        )

    old, new = marked(list(boxes(groups([box("A")], []))), list(boxes(groups([], [box("A")]))))
    assert [item.mark for item in old] == ["", "moved", ""]
    assert [item.mark for item in new] == ["", "", "moved"]
    assert (new[2].x, new[2].y) == (0, 4)


def test_a_pipeline_change_shows_its_samples_before_and_after() -> None:
    after = copy(PIPELINE)
    after["processors"][0]["grok"]["match_rules"] = "order order %{notSpace:order_id}"
    difference = field("processors", PIPELINE["processors"], after["processors"])
    made = plan(update("logs_custom_pipeline.shop", difference, before=PIPELINE, desired=after))
    page = read(render(made, PlanView(samples={"shop": [Log("order a1"), Log("nonsense")]})))
    [section] = page.all("section", "samples")
    assert texts(section, "h3") == ["1 of 2 samples come out otherwise, 1 stay the same"]
    assert texts(section, "span", "gone") == ['"id": "a1"']
    assert texts(section, "span", "come") == ['"order_id": "a1"']
    assert texts(section, "b", "match") == ["match: order", "match: order"]


def test_a_pipeline_that_cannot_be_run_says_why() -> None:
    broken = [{"type": "grok-parser", "is_enabled": True, "grok": {"match_rules": "a %{nosuch:x}"}}]
    made = plan(
        update(
            "logs_custom_pipeline.shop", field("processors", PIPELINE["processors"], broken), before=PIPELINE
        )
    )
    assert "The samples cannot be run" in read(render(made, PlanView(samples={"shop": [Log("x")]}))).text


def test_what_an_object_will_be_is_the_live_one_with_its_fields_changed() -> None:
    before = {"a": {"b": 1, "c": 2}, "d": 3}
    changed = update(
        "monitor.x", field("a.b", 1, 9), field("d", 3, None), field("e.f", None, 4), before=before
    )
    assert after_of(changed) == {"a": {"b": 9, "c": 2}, "e": {"f": 4}}
    assert before == {"a": {"b": 1, "c": 2}, "d": 3}
    assert after_of(change("monitor.x", Action.DELETE, before=before)) is None
    assert Address.parse("monitor.x") == changed.address

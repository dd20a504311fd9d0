"""Orders of pipelines: ours are placed, everybody else's keep their places."""

from __future__ import annotations

import json

from tests.e2e.conftest import Desk
from tests.e2e.stories import PIPELINE

ORDER = "/api/v1/logs/config/pipeline-order"
PIPELINES = "/api/v1/logs/config/pipelines"


def define(desk: Desk, *names: str, order: object = None) -> None:
    pipelines = {name: {**PIPELINE, "name": name} for name in names}
    wanted = order if order is not None else [f"${{logs_custom_pipeline.{name}}}" for name in names]
    definitions = {
        "logs_custom_pipeline": pipelines,
        "logs_pipeline_order": {"order": {"pipeline_ids": wanted}},
    }
    desk.write("all.json", json.dumps(definitions))


def names(desk: Desk) -> list[str]:
    by_id = {item["id"]: item["name"] for item in desk.api("GET", PIPELINES)}
    return [by_id[id_] for id_ in desk.api("GET", ORDER)["pipeline_ids"]]


def theirs(desk: Desk, name: str) -> None:
    desk.api("POST", PIPELINES, {**PIPELINE, "name": name})


def test_ours_are_ordered_and_integration_pipelines_keep_their_places(desk: Desk) -> None:
    integrations = names(desk)
    define(desk, "a", "b", "c", order=[f"${{logs_custom_pipeline.{name}}}" for name in "cab"])
    desk.done("apply", "--auto-approve")
    assert names(desk) == [*integrations, "c", "a", "b"]
    assert "No changes." in desk.done("plan")


def test_the_plan_shows_a_move_by_names_and_never_ids_alone(desk: Desk) -> None:
    define(desk, "a", "b", "c")
    desk.done("apply", "--auto-approve")
    define(desk, "a", "b", "c", order=[f"${{logs_custom_pipeline.{name}}}" for name in "bca"])
    out = desk.done("plan")
    assert "logs_custom_pipeline.a" in out and "moves" in out
    for id_ in desk.api("GET", ORDER)["pipeline_ids"]:
        assert id_ not in out


def test_one_that_appears_between_plan_and_apply_breaks_nothing(desk: Desk) -> None:
    define(desk, "a", "b")
    desk.done("apply", "--auto-approve")
    define(desk, "b", "a")
    plan = desk.folder / "plan.json"
    desk.done("plan", "--out", str(plan))
    theirs(desk, "new one")
    desk.done("apply", str(plan))
    assert names(desk)[-3:] == ["b", "a", "new one"]
    assert "No changes." in desk.done("plan")


def test_a_pipeline_in_between_keeps_its_place_when_ours_change_theirs(desk: Desk) -> None:
    define(desk, "a")
    desk.done("apply", "--auto-approve")
    theirs(desk, "between")
    define(desk, "a", "b")
    desk.done("apply", "--auto-approve")
    assert names(desk)[-3:] == ["a", "b", "between"] or names(desk)[-3:] == ["a", "between", "b"]
    before = names(desk).index("between")
    define(desk, "b", "a")
    desk.done("apply", "--auto-approve")
    assert names(desk).index("between") == before
    assert [name for name in names(desk) if name in "ab"] == ["b", "a"]


def test_the_order_can_be_the_order_of_the_files(desk: Desk) -> None:
    define(desk, "z", "y", "x", order=["${logs_custom_pipeline.*}"])
    desk.done("apply", "--auto-approve")
    assert names(desk)[-3:] == ["z", "y", "x"]
    assert "No changes." in desk.done("plan")


def test_no_put_ever_leaves_a_pipeline_out(desk: Desk) -> None:
    sent: list[list[str]] = []

    def hook(moment: str, request: object) -> None:
        if (
            moment == "before"
            and getattr(request, "method", "") == "PUT"
            and ORDER in getattr(request, "path", "")
        ):
            sent.append(json.loads(request.body)["pipeline_ids"])  # type: ignore[attr-defined]

    desk.app.hook = hook
    define(desk, "b", "a")
    desk.done("apply", "--auto-approve")
    define(desk, "a", "b")
    desk.done("apply", "--auto-approve")
    assert sent
    assert all(len(ids) == len(names(desk)) for ids in sent)

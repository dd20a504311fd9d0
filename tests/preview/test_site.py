"""Addresses and what they give, and the run behind the page of a pipeline."""

from __future__ import annotations

import json

import pytest

from ddconf.errors import DdconfError
from ddconf.pipelines.log import Log
from ddconf.preview import experiment
from ddconf.preview.material import Material
from ddconf.preview.site import Site
from tests.preview.build import LOGS, widget
from tests.preview.reading import read

PIPELINE = {
    "name": "Shop",
    "is_enabled": True,
    "filter": {"query": "source:shop env:prod"},
    "processors": [
        {
            "type": "grok-parser",
            "name": "Order",
            "is_enabled": True,
            "source": "message",
            "grok": {
                "match_rules": "order order %{notSpace:order.id} %{number:order.price}",
                "support_rules": "",
            },
        },
        {"type": "pipeline", "name": "Below", "is_enabled": True, "filter": {"query": "*"}, "processors": []},
        {"type": "status-remapper", "name": "Status", "is_enabled": True, "sources": ["level"]},
    ],
}
SAMPLES = ["order a1 9.5", "nonsense"]
MATERIAL = Material(
    {"shop": {"title": "Shop board", "widgets": [widget("free_text", text="hi")]}},
    {"shop": PIPELINE},
    [],
    [Log(text, source="shop", tags=("env:prod",)) for text in SAMPLES] + [Log("other")],
    LOGS,
    {},
)


def edit(text: str, *path: str | int, form: str = "text") -> dict[str, object]:
    return {"path": list(path), "text": text, "form": form}


def badges(answer: dict[str, list[dict[str, str]]]) -> list[str]:
    return [read(sample["badge"]).text for sample in answer["samples"]]


def test_the_index_leads_to_every_dashboard_and_pipeline() -> None:
    site = Site(MATERIAL)
    links = [link.attributes["href"] or "" for link in read(site.get("/").body).all("a")]
    assert links == ["/dashboard/shop", "/pipeline/shop"]
    assert [site.get(link).status for link in links] == [200, 200]


def test_what_is_not_there_is_not_found() -> None:
    site = Site(MATERIAL)
    for target in ("/dashboard/x", "/x", "/dashboard/../pipeline.js", "//evil/", "/dashboard", "/pipeline/"):
        assert site.get(target).status == 404, target
    assert site.post("/dashboard/shop", "{}").status == 404


@pytest.mark.parametrize("address", ["shop", "dashboard.shop"])
def test_an_address_may_leave_out_its_kind(address: str) -> None:
    assert read(Site(MATERIAL).page(address, {})).all("h1")[0].text == "Shop board"


def test_an_address_of_a_pipeline_gives_a_page_without_a_script() -> None:
    page = read(Site(MATERIAL).page("logs_custom_pipeline.shop", {}))
    assert not page.all("script")
    assert all("readonly" in field.attributes for field in page.all("textarea"))


def test_an_unknown_address_is_told_with_those_that_there_are() -> None:
    with pytest.raises(DdconfError, match="no dashboard, pipeline or monitor nix") as caught:
        Site(MATERIAL).page("nix", {})
    assert caught.value.diagnostics[0].hint == "there are: dashboard.shop, pipeline.shop"


def test_the_page_of_a_pipeline_shows_samples_rules_and_attributes() -> None:
    samples, rules, attributes = read(Site(MATERIAL).get("/pipeline/shop").body).all("main")[0].all("section")
    assert [field.text.strip() for field in samples.all("textarea")] == SAMPLES
    assert [item.text for item in samples.all("b")] == ["match: order", "no match"]
    assert "order %{notSpace:order.id}" in rules.text
    assert attributes.all("summary")[0].text == "Sample 1 match: order"


def test_samples_match_by_rule_or_not_at_all() -> None:
    answer = experiment.run(PIPELINE, ["order a1 9.5", "nonsense"])
    assert badges(answer) == ["match: order", "no match"]
    assert '"price": 9.5' in read(answer["samples"][0]["result"]).text
    assert answer["problems"] == ""


def test_an_edit_of_a_rule_counts_at_once_and_leaves_the_pipeline_as_it_was() -> None:
    rules = edit("sale sale %{notSpace:x}", "processors", 0, "grok", "match_rules")
    edited = experiment.run(PIPELINE, ["order a1 9.5", "sale x"], [rules])
    assert badges(edited) == ["no match", "match: sale"]
    assert badges(experiment.run(PIPELINE, ["order a1 9.5"])) == ["match: order"]


def test_an_edit_in_yaml_replaces_a_processor() -> None:
    new = edit("type: status-remapper\nis_enabled: true\nsources: [order.id]", "processors", 2, form="yaml")
    answer = experiment.run(PIPELINE, ["order error 1"], [new])
    assert '"status": "error"' in read(answer["samples"][0]["result"]).text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (edit("order order %{wrod:x}", "processors", 0, "grok", "match_rules"), "wrod"),
        (edit("source:(", "filter", "query"), "missing"),
        (edit("[1, 2", "processors", 2, form="yaml"), "processor"),
        (edit("just text", "processors", 2, form="yaml"), "expected one mapping"),
        (edit("x", "processors", 99, "name"), "not there"),
        (edit("x", "name", "deeper"), "must be a text"),
        (edit("x", "processors", "name"), "must be a list"),
        ({"path": [], "text": "x"}, "needs a path"),
        ({"path": "name", "text": 1}, "needs a path"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_run(change: dict[str, object], said: str) -> None:
    answer = experiment.run(PIPELINE, ["order a1 9.5"], [change])
    assert said in read(answer["problems"]).text
    assert answer["samples"] == []


@pytest.mark.parametrize(
    "body", ["", "[]", "{", "null", '{"samples": 1, "edits": []}', '{"samples": []}', "[" * 9999]
)
def test_a_body_that_is_no_question_is_refused(body: str) -> None:
    assert Site(MATERIAL).post("/pipeline/shop", body).status == 400


def test_a_question_is_answered_in_json() -> None:
    answer = Site(MATERIAL).post("/pipeline/shop", json.dumps({"samples": ["order a 1"], "edits": []}))
    assert answer.status == 200
    assert badges(json.loads(answer.body)) == ["match: order"]

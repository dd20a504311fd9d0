"""The commands lint, why and impact: what docs/lint.md shows, formats, exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ddconf.cli.group import run
from ddconf.lint.rules import registered
from tests.lint.folder import change, copy_sound

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "lint.md").read_text("utf-8")
SHOWN = re.findall(r"^```\n\$ ddconf (.*)\n((?:.*\n)*?)```$", PAGE, re.MULTILINE)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(copy_sound(tmp_path))
    return tmp_path


@pytest.mark.parametrize(("arguments", "output"), SHOWN, ids=lambda value: str(value).split("\n")[0])
def test_the_page_shows_what_comes(
    arguments: str, output: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if arguments == "lint":
        change(folder, "dashboard.yaml", "@shop.outcome:failed", "@shop.outcom:failed")
    assert run(arguments.split()) == (1 if arguments == "lint" else 0)
    assert capsys.readouterr().out == output


def test_the_page_lists_every_rule() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (error|warning|note) \| (.*) \|$", PAGE, re.MULTILINE)
    assert rows == [(rule.name, rule.severity.value, rule.summary) for rule in registered().values()]


def test_the_rules_can_be_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lint", "--rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(registered())


def test_sound_definitions_end_with_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lint"]) == 0
    assert capsys.readouterr().out == "0 errors, 0 warnings, 0 notes\n"


def test_warnings_alone_end_with_zero(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(folder, "dashboard.yaml", "indexes: [shop]", "indexes: [shops]")
    assert run(["lint"]) == 0
    assert "0 errors, 1 warning, 0 notes" in capsys.readouterr().out


def test_json_has_every_field(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(folder, "dashboard.yaml", "indexes: [shop]", "indexes: [shops]")
    assert run(["lint", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {
            "rule": "unknown-index",
            "severity": "warning",
            "message": "there is no log index 'shops'",
            "hint": "did you mean 'shop'?",
            "address": "dashboard.shop",
            "file": "dashboard.yaml",
            "line": 23,
            "column": 35,
            "length": 5,
        }
    ]


def test_github_commands_name_file_line_and_rule(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(folder, "monitors.yaml", "{critical: 900}", "{critical: 800}")
    assert run(["lint", "--format", "github"]) == 1
    assert capsys.readouterr().out == (
        "::error file=monitors.yaml,line=13,col=28,endColumn=29,title=threshold-mismatch::the query compares "
        "with 900, the critical threshold is 800 (Datadog refuses a monitor whose numbers differ)\n"
    )


def test_sarif_has_rules_and_places(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(folder, "dashboard.yaml", "indexes: [shop]", "indexes: [shops]")
    run(["lint", "--format", "sarif"])
    document = json.loads(capsys.readouterr().out)
    (run_,) = document["runs"]
    assert document["version"] == "2.1.0"
    assert {rule["id"] for rule in run_["tool"]["driver"]["rules"]} >= set(registered())
    (result,) = run_["results"]
    assert (result["ruleId"], result["level"]) == ("unknown-index", "warning")
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "dashboard.yaml"}
    assert place["region"] == {"startLine": 23, "startColumn": 35, "endColumn": 40}


def test_why_of_what_nobody_knows_has_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["why", "@shop.waitt"]) == 1
    assert "did you mean '@shop.wait'?" in capsys.readouterr().err


def test_why_as_json_has_writers_and_readers(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["why", "shop.page", "--format", "json"]) == 0
    story = json.loads(capsys.readouterr().out)
    assert (story["attribute"], story["types"]) == ("shop.page", ["string"])
    assert [writer["detail"] for writer in story["writers"]] == ["grok-parser line rule line (string)"]
    assert {reader["address"].partition(".")[0] for reader in story["readers"]} == {
        "dashboard",
        "logs_metric",
        "monitor",
    }


def test_why_of_a_metric_names_what_makes_it_and_who_queries_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["why", "shop.wait", "--format", "json"]) == 0
    metric = json.loads(capsys.readouterr().out)["metric"]
    assert metric["tags"] == ["page"]
    assert [writer["detail"] for writer in metric["writers"]] == [
        "distribution of @shop.wait in source:shop @shop.wait:*"
    ]
    assert [(item["address"], item["detail"]) for item in metric["readers"]] == [
        ("monitor.history", "queries avg by page")
    ]


def test_why_of_an_attribute_says_nothing_of_a_metric_of_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["why", "@shop.wait", "--format", "json"]) == 0
    assert "metric" not in json.loads(capsys.readouterr().out)


MORE = """\
service_level_objective:
  fast:
    name: Fast
    type: time_slice
    sli_specification:
      time_slice:
        comparator: "<"
        threshold: 5
        query:
          formulas: [{formula: query1}]
          queries: [{data_source: metrics, name: query1, query: "max:load{stage:prod,shop:a} by {zone}"}]
    thresholds: [{timeframe: 7d, target: 99}]
monitor:
  formula:
    name: Formula
    type: query alert
    query: formula("a").last("5m") > 1
    message: x
    options:
      variables: [{data_source: metrics, name: a, query: "sum:load{stage IN (prod, test)}", aggregator: sum}]
  logs:
    name: Logs
    type: log alert
    query: logs("stage:prod -zone:b").index("*").rollup("count").by("zone").last("5m") > 1
    message: x
    tags: ["stage:prod"]
downtime_schedule:
  at-night:
    scope: "stage:prod AND zone:a"
    schedule: {start: null}
    monitor_identifier: {monitor_tags: ["*"]}
"""


@pytest.mark.parametrize(
    ("name", "uses"),
    [
        (
            "load",
            [
                ("service_level_objective.fast", "queries max by zone"),
                ("monitor.formula", "queries sum"),
            ],
        ),
        (
            "stage:prod",
            [
                ("service_level_objective.fast", "filters load"),
                ("monitor.formula", "filters load"),
                ("monitor.logs", "searches"),
                ("downtime_schedule.at-night", "silences"),
                ("monitor.logs", "is tagged stage:prod"),
            ],
        ),
        ("stage:test", [("monitor.formula", "filters load")]),
        (
            "zone",
            [
                ("service_level_objective.fast", "groups load"),
                ("monitor.logs", "searches"),
                ("monitor.logs", "groups by it"),
                ("downtime_schedule.at-night", "silences"),
            ],
        ),
    ],
)
def test_why_reads_every_language_that_queries_are_written_in(
    name: str, uses: list[tuple[str, str]], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "more.yaml").write_text(MORE, encoding="utf-8")
    assert run(["why", name, "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    found = answer["metric" if name == "load" else "tag"]["readers"]
    assert [(item["address"], item["detail"]) for item in found] == uses


def test_impact_of_a_pipeline_names_readers_of_its_logs_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["impact", "logs_custom_pipeline.cart", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [item["detail"] for item in found["readers"]["@cart.value"]] == ["'Carts' searches"]
    assert set(found["readers"]) == {"@cart.value"}


def test_impact_of_an_index_names_its_order_and_who_searches_in_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["impact", "logs_index.shop", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["referred_by"] == ["logs_index_order.order"]
    addresses = [item["address"] for item in found["readers"]["shop"]]
    assert addresses == ["dashboard.shop", "dashboard.shop", "monitor.failures", "monitor.slow"]


def test_impact_of_what_is_not_defined_has_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["impact", "logs_index.shopp"]) == 1
    assert "did you mean 'logs_index.shop'?" in capsys.readouterr().err

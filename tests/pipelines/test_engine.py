"""Pipelines run in order, as Datadog runs them, and tell what they did."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from ddconf.errors import DdconfError
from ddconf.pipelines import Enrichment, Log, compile_pipelines, run
from ddconf.pipelines.asset import to_api
from ddconf.pipelines.trace import LogChange, Reason


def pipeline(*processors: dict[str, Any], query: str = "*", **more: Any) -> dict[str, Any]:
    enabled = [{"is_enabled": True, **item} for item in processors]
    return {"name": "p", "is_enabled": True, "filter": {"query": query}, "processors": enabled, **more}


def constant(target: str, text: str) -> dict[str, Any]:
    return {"type": "string-builder-processor", "template": text, "target": target}


def test_every_pipeline_whose_filter_matches_is_applied_in_order() -> None:
    first = pipeline(constant("a", "1"), query="source:x")
    never = pipeline(constant("a", "2"), query="source:y")
    last = pipeline(constant("b", "3"), query="@a:1")
    assert run([first, never, last], Log(source="x")).log.attributes == {"a": "1", "b": "3"}


def test_one_pipeline_may_be_given_without_a_list() -> None:
    assert run(pipeline(constant("a", "1")), Log()).log.attributes == {"a": "1"}


def test_only_the_first_status_remapper_counts_over_all_pipelines() -> None:
    first = pipeline({"type": "status-remapper", "sources": ["a"]})
    second = pipeline({"type": "status-remapper", "sources": ["b"]})
    outcome = run([first, second], Log(attributes={"a": "error", "b": "ok"}))
    assert outcome.log.status == "error"
    assert outcome.trace[-1].report.reason is Reason.NOT_FIRST


def test_a_remapper_without_its_source_leaves_the_turn_to_the_next() -> None:
    first = pipeline({"type": "status-remapper", "sources": ["missing"]})
    second = pipeline({"type": "status-remapper", "sources": ["b"]})
    assert run([first, second], Log(attributes={"b": "ok"})).log.status == "ok"


def test_the_last_date_remapper_counts() -> None:
    remappers = [{"type": "date-remapper", "sources": [name]} for name in ("a", "b")]
    assert run(pipeline(*remappers), Log(attributes={"a": 1, "b": 2})).log.timestamp == 2


def test_what_is_disabled_does_nothing_and_says_so() -> None:
    off = pipeline({**constant("a", "1"), "is_enabled": False}, constant("b", "2"))
    unset = {"processors": [constant("c", "3")]}
    outcome = run([off, unset], Log())
    assert outcome.log.attributes == {"b": "2"}
    reasons = [step.report.reason for step in outcome.trace]
    assert reasons == [None, Reason.DISABLED, None, Reason.DISABLED]
    assert "not set" in outcome.trace[-1].report.detail


def test_a_type_that_is_not_known_is_passed_over_and_reported() -> None:
    outcome = run(pipeline({"type": "telepathy"}, constant("a", "1")), Log())
    assert outcome.log.attributes == {"a": "1"}
    assert outcome.trace[1].report.reason is Reason.UNKNOWN_TYPE


def test_the_trace_has_paths_names_and_changes() -> None:
    nested = {
        "type": "pipeline",
        "name": "inner",
        "processors": [{**constant("a.b", "1"), "is_enabled": True}],
    }
    outcome = run(pipeline(nested), Log(attributes={"a": {"b": "0"}}))
    assert [step.path for step in outcome.trace] == [
        (0,),
        (0, "processors", 0),
        (0, "processors", 0, "processors", 0),
    ]
    assert outcome.trace[1].name == "inner"
    assert outcome.trace[2].changes == (LogChange("@a.b", "0", "1"),)
    assert outcome.trace[0].changes == outcome.trace[1].changes == ()


def test_a_removal_and_an_official_field_are_changes() -> None:
    outcome = run(pipeline({"type": "message-remapper", "sources": ["m"]}), Log("old", {"m": "new"}))
    assert [change.as_json() for change in outcome.trace[1].changes] == [
        {"place": "message", "before": "old", "after": "new"},
        {"place": "@m", "before": "new"},
    ]


def test_changes_keep_the_values_of_their_moment() -> None:
    outcome = run(
        pipeline(
            {"type": "url-parser", "sources": ["u"], "target": "d"},
            constant("d.path", "other"),
        ),
        Log(attributes={"u": "/x"}),
    )
    assert outcome.trace[1].changes[0].after == {"path": "/x"}
    assert outcome.as_json()["trace"][1]["matched"] == "@u"


def test_without_a_trace_there_are_no_steps() -> None:
    compiled = compile_pipelines([pipeline(constant("a", "1"))])
    outcome = compiled.run(Log(), trace=False)
    assert (outcome.log.attributes, outcome.trace) == ({"a": "1"}, ())


def test_a_rule_that_runs_away_is_reported_by_name() -> None:
    rules = "slow %{data:a} %{data:b} %{data:c} %{data:d} %{data:e} END"
    document = pipeline({"type": "grok-parser", "grok": {"match_rules": rules}}, constant("after", "1"))
    outcome = compile_pipelines(document, grok_timeout=0.05).run(Log("a " * 1500))
    assert outcome.log.attributes == {"after": "1"}
    report = outcome.trace[1].report
    assert (report.reason, report.matched) == (Reason.RUNAWAY, "slow")


def test_all_mistakes_are_reported_at_once_with_their_paths() -> None:
    document = pipeline(
        {
            "type": "category-processor",
            "target": "a",
            "categories": [{"name": "x", "filter": {"query": "(a"}}],
        },
        {"type": "grok-parser", "grok": {"match_rules": "r %{nothing:x}"}},
        {"type": "arithmetic-processor", "expression": "1 +", "target": "b"},
        {"type": "status-remapper"},
        query="a AND",
    )
    with pytest.raises(DdconfError) as caught:
        compile_pipelines([document])
    messages = [item.message for item in caught.value.diagnostics]
    assert [message.split(":")[0] for message in messages] == [
        "[0].filter.query line 1 column 6",
        "[0].processors[0].categories[0].filter.query line 1 column 1",
        "[0].processors[1].grok.match_rules line 1 column 5",
        "[0].processors[2].expression line 1 column 3",
        "[0].processors[3]",
    ]


def test_an_integration_file_runs_as_it_is() -> None:
    asset = {
        "id": "x",
        "facets": [],
        "pipeline": {
            "type": "pipeline",
            "enabled": True,
            "filter": {"query": "source:x"},
            "processors": [
                {
                    "type": "lookup-processor",
                    "enabled": True,
                    "source": "a",
                    "target": "b",
                    "lookupTable": "1,one\n2, two\n",
                    "defaultLookup": None,
                },
                {
                    "type": "attribute-remapper",
                    "enabled": True,
                    "sources": ["a"],
                    "target": "c",
                    "preserveSource": True,
                    "targetFormat": "string",
                },
            ],
        },
    }
    assert run([asset], Log(attributes={"a": 2}, source="x")).log.attributes == {"a": 2, "b": "two", "c": "2"}


def test_a_template_that_is_a_number_in_an_integration_file_is_a_text() -> None:
    processor = {"type": "string-builder-processor", "enabled": True, "template": 99, "target": "n"}
    asset = {"pipeline": {"enabled": True, "filter": {"query": "*"}, "processors": [processor]}}
    assert to_api(asset)["processors"][0]["template"] == "99"
    assert run(asset, Log()).log.attributes == {"n": "99"}


def test_full_text_search_is_refused_in_a_filter() -> None:
    with pytest.raises(DdconfError, match="full-text search cannot be used in pipelines"):
        compile_pipelines({"is_enabled": True, "filter": {"query": "*:word"}, "processors": []})


def test_a_reference_table_is_read_from_a_file(tmp_path: Path) -> None:
    table = tmp_path / "owners.csv"
    table.write_text("id,team,mail\n7,shop,s@example.com\n", encoding="utf-8")
    processor = {
        "type": "lookup-processor",
        "source": "id",
        "target": "owner",
        "lookup_enrichment_table": "owners",
    }
    enrichment = Enrichment(tables={"owners": table})
    outcome = run(pipeline(processor), Log(attributes={"id": 7}), enrichment=enrichment)
    assert outcome.log.attributes["owner"] == {"team": "shop", "mail": "s@example.com"}
    table.write_text("id,team\n7,cart\n", encoding="utf-8")
    os.utime(table, (1, 1))
    outcome = run(pipeline(processor), Log(attributes={"id": 7}), enrichment=enrichment)
    assert outcome.log.attributes["owner"] == {"team": "cart"}


def test_indicators_are_read_from_a_file(tmp_path: Path) -> None:
    table = tmp_path / "ips.csv"
    table.write_text('ip_address,category,source\n192.0.2.1,scanner,"{""name"":""us""}"\n', encoding="utf-8")
    processor = {"type": "threat-intel-processor"}
    log = Log(attributes={"net": {"ips": ["10.0.0.1", "192.0.2.1"]}})
    outcome = run(pipeline(processor), log, enrichment=Enrichment(threat_intel=(table,)))
    assert outcome.log.attributes["threat_intel"]["results"] == [
        {"indicator": "192.0.2.1", "category": "scanner", "source": {"name": "us"}}
    ]


def test_a_table_that_cannot_be_read_is_an_error_without_traceback(tmp_path: Path) -> None:
    processor = {"type": "lookup-processor", "source": "a", "target": "b", "lookup_enrichment_table": "t"}
    with pytest.raises(DdconfError, match="cannot read the table"):
        run(pipeline(processor), Log(), enrichment=Enrichment(tables={"t": tmp_path / "missing.csv"}))

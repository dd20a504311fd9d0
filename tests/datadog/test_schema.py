"""Checks of documents against the schemas that ship."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ddconf.datadog.schema.findings import SchemaFinding
from ddconf.datadog.schema.schema import check, json_schema
from ddconf.document import format_path
from ddconf.errors import Severity
from ddconf.kind import find_kind, kind_names
from tests.kinds.samples import sample

MONITOR = {"name": "m", "type": "metric alert", "query": "q"}
NOTE = {"definition": {"type": "note", "content": "x"}}
DASHBOARD = {"title": "t", "layout_type": "ordered", "widgets": [NOTE]}
GROK = {
    "type": "grok-parser",
    "name": "g",
    "is_enabled": True,
    "source": "message",
    "grok": {"match_rules": "r %{data:x}", "support_rules": ""},
}


def found(kind: str, document: dict[str, Any]) -> list[SchemaFinding]:
    return check(find_kind(kind), document)


def one(kind: str, document: dict[str, Any]) -> tuple[str, str, str, Severity]:
    findings = found(kind, document)
    assert len(findings) == 1, findings
    finding = findings[0]
    return format_path(finding.path), finding.message, finding.hint, finding.severity


def pipeline(*processors: Any) -> dict[str, Any]:
    return {"name": "p", "is_enabled": True, "filter": {"query": "*"}, "processors": list(processors)}


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        ("monitor", MONITOR),
        ("dashboard", DASHBOARD),
        ("dashboard", {**DASHBOARD, "tabs": [{"id": "1", "name": "n", "widget_ids": ["@1"]}]}),
        ("logs_custom_pipeline", pipeline(GROK, {"type": "pipeline", "name": "n", "processors": [GROK]})),
        ("logs_metric", {"id": "m", "compute": {"aggregation_type": "count"}}),
        ("logs_pipeline_order", {"pipeline_ids": ["${logs_custom_pipeline.a}"]}),
        ("logs_restriction_query", {"restriction_query": "x", "roles": [{"id": "r", "type": "roles"}]}),
        ("logs_facet", {"name": "n", "path": "p", "source": "log", "type": "string", "facetType": "list"}),
        ("dashboard_list", {"name": "l", "dashboards": [{"id": "a", "type": "custom_timeboard"}]}),
    ],
)
def test_a_good_document_has_no_findings(kind: str, document: dict[str, Any]) -> None:
    assert found(kind, document) == []


def test_a_reference_may_stand_for_any_value() -> None:
    document = {
        **MONITOR,
        "priority": "${var.priority}",
        "type": "${var.type}",
        "options": "${var.options}",
        "tags": ["${var.tag}"],
        "name": None,
    }
    assert found("monitor", document) == []


def test_an_unknown_field_is_a_warning_with_the_nearest_name() -> None:
    assert one("monitor", {**MONITOR, "optoins": {}}) == (
        "optoins",
        "unknown field 'optoins'",
        "did you mean 'options'?",
        Severity.WARNING,
    )


def test_a_wrong_type_is_an_error_at_its_path() -> None:
    path, message, _, severity = one("monitor", {**MONITOR, "options": {"notify_audit": "yes"}})
    assert (path, severity) == ("options.notify_audit", Severity.ERROR)
    assert message == "'options.notify_audit' must be true or false, not text"


@pytest.mark.parametrize(
    ("value", "word"), [(True, "true or false"), ([], "a list"), ({}, "a mapping"), (1, "a number")]
)
def test_values_are_called_by_plain_words(value: Any, word: str) -> None:
    message = one("monitor", {**MONITOR, "message": value})[1]
    assert word in message or (value == 1 and "a whole number" in message)


def test_a_whole_float_is_a_whole_number_but_a_truth_value_is_none() -> None:
    assert found("monitor", {**MONITOR, "priority": 3.0}) == []
    assert one("monitor", {**MONITOR, "priority": True})[3] is Severity.ERROR


def test_a_missing_field_is_an_error() -> None:
    assert one("dashboard", {"title": "t", "layout_type": "ordered"}) == (
        "",
        "'widgets' is missing",
        "",
        Severity.ERROR,
    )


def test_a_write_only_field_may_be_missing_as_it_is_in_an_export() -> None:
    path, message, hint, severity = one("integration_fastly_account", {"name": "f"})
    assert (path, message, severity) == ("", "'api_key' is missing", Severity.WARNING)
    assert "${secret.NAME}" in hint


def test_a_missing_field_deep_inside_is_found_in_the_branch_that_was_meant() -> None:
    group = {
        "definition": {
            "type": "group",
            "layout_type": "ordered",
            "widgets": [{"definition": {"type": "note"}}],
        }
    }
    path, message, _, severity = one("dashboard", {**DASHBOARD, "widgets": [NOTE, group]})
    assert path == "widgets[1].definition.widgets[0].definition"
    assert (message, severity) == ("'content' is missing", Severity.ERROR)


def test_a_newer_shape_inside_a_document_is_only_a_warning() -> None:
    newer = {"definition": {"type": "note", "content_v2": "x"}}
    assert {finding.severity for finding in found("dashboard", {**DASHBOARD, "widgets": [newer]})} == {
        Severity.WARNING
    }


def test_a_misspelt_value_is_an_error_and_a_newer_one_a_warning() -> None:
    path, message, hint, severity = one("monitor", {**MONITOR, "type": "metric alrt"})
    assert (path, message) == ("type", "unknown value 'metric alrt' of 'type'")
    assert (hint, severity) == ("did you mean 'metric alert'?", Severity.ERROR)
    assert one("monitor", {**MONITOR, "type": "quantum alarm"})[3] is Severity.WARNING
    assert one("dashboard", {**DASHBOARD, "layout_type": "quantum"})[3] is Severity.ERROR


@pytest.mark.parametrize("type_", ["quantum-parser", "grok-parsr"])
def test_an_unknown_processor_is_told_once(type_: str) -> None:
    path, message, hint, severity = one("logs_custom_pipeline", pipeline({"type": type_, "spin": {"up": 1}}))
    wanted = Severity.ERROR if type_ == "grok-parsr" else Severity.WARNING
    assert (path, severity) == ("processors[0].type", wanted)
    assert type_ in message
    assert ("grok-parser" in hint) == (type_ == "grok-parsr") or "known are" in hint


def test_a_secret_that_no_export_can_have_is_asked_for_with_a_warning() -> None:
    kind = "integration_opsgenie_service_object"
    path, message, hint, severity = one(kind, {"name": "pager", "region": "us"})
    assert (path, message, severity) == ("", "'opsgenie_api_key' is missing", Severity.WARNING)
    assert "${secret.NAME}" in hint


def test_the_servers_own_field_is_told_once() -> None:
    widgets = [{**NOTE, "id": number} for number in (1, 2, 3)]
    path, message, hint, severity = one("dashboard", {**DASHBOARD, "widgets": widgets})
    assert (path, hint, severity) == ("widgets[0].id", "remove it", Severity.WARNING)
    assert "neither compared nor sent" in message


def test_a_kind_without_a_schema_accepts_anything() -> None:
    from ddconf.kind import Kind

    assert check(Kind("unheard_of", None), {"a": 1}) == []
    assert json_schema(Kind("unheard_of", None)) == {}


@pytest.mark.parametrize("name", kind_names())
def test_the_schema_for_editors_lets_references_stand_for_values(name: str) -> None:
    schema = json_schema(find_kind(name))
    assert schema["type"] == "object"
    assert schema["title"]
    for field in schema["properties"].values():
        assert field.get("type") not in ("integer", "number", "boolean", "array", "object")


def test_the_kept_schema_is_not_changed_by_the_one_for_editors() -> None:
    json_schema(find_kind("monitor"))
    assert one("monitor", {**MONITOR, "priority": "high"})[3] is Severity.ERROR


def test_a_check_imports_nothing_heavy() -> None:
    code = (
        "import sys; from ddconf.datadog.schema.schema import check; from ddconf.kind import find_kind;"
        "check(find_kind('dashboard'), {'title': 1});"
        "print([m for m in ('datadog_api_client', 'urllib3', 'requests', 'deepdiff') if m in sys.modules])"
    )
    root = Path(__file__).parents[2]
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert shown.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "name", [name for name in kind_names() if json_schema(find_kind(name))["properties"]]
)
def test_a_misspelt_field_of_any_kind_is_told_with_the_right_one(name: str) -> None:
    kind = find_kind(name)
    field = max(json_schema(kind)["properties"], key=len)
    before = set(check(kind, sample(name)))
    (told,) = [finding for finding in check(kind, {**sample(name), f"{field}x": 1}) if finding not in before]
    is_missing = field not in sample(name) and len(field) > 4
    severity = Severity.ERROR if is_missing else told.severity
    assert told == SchemaFinding(
        (f"{field}x",),
        f"unknown field '{field}x'",
        f"did you mean '{field}'?",
        severity,
        f"{field}x",
        field=True,
    )


@pytest.mark.parametrize("name", kind_names())
def test_a_sample_of_any_kind_has_no_errors(name: str) -> None:
    kind = find_kind(name)
    assert [one for one in check(kind, sample(name)) if one.severity is Severity.ERROR] == []

"""Options of monitors: what is refused, where, and with which text; what is fine stays fine."""

from __future__ import annotations

from typing import Any

import pytest

from ddconf.queries.monitor import monitor_of
from ddconf.queries.monitor_body import monitor_problems
from ddconf.queries.together import slo_alert_problems, unknown_parts

CPU = {"type": "query alert", "query": "avg(last_5m):avg:system.cpu.user{*} by {host} > 90"}
UNGROUPED = {"type": "query alert", "query": "avg(last_5m):avg:system.cpu.user{*} > 90"}
LOGS = {"type": "log alert", "query": 'logs("a").index("*").rollup("count").by("host").last("5m") > 90'}
CHECK = {"type": "service check", "query": '"up".over("*").by("host").last(2).count_by_status()'}
CUMULATIVE = {"type": "query alert", "query": "avg(current_1h):avg:m{*} > 90"}
ANOMALY = {
    "type": "query alert",
    "query": "avg(last_1d):anomalies(avg:m{*}, 'basic', 2, alert_window='last_4h', interval=300) >= 0.5",
}


def _problems(body: dict[str, Any], **options: Any) -> list[tuple[str, str]]:
    thresholds = {"critical": 0.5 if body is ANOMALY else 90}
    found = monitor_problems({**body, "options": {"thresholds": thresholds, **options}})
    return [(".".join(map(str, problem.path)), problem.answer) for problem in found if not problem.warning]


@pytest.mark.parametrize(
    ("body", "options"),
    [
        (CPU, {"thresholds": {"critical": 90.0, "warning": 80, "critical_recovery": 90}}),
        (CPU, {"new_group_delay": 300, "notify_by": ["host"], "priority": None}),
        (
            CPU,
            {"renotify_interval": 60, "renotify_statuses": ["alert", "no data"], "renotify_occurrences": 2},
        ),
        (CPU, {"on_missing_data": "show_no_data", "timeout_h": 24, "notify_no_data": False}),
        (UNGROUPED, {"new_group_delay": 0, "notify_by": ["*"]}),
        (LOGS, {"group_retention_duration": "2d", "notify_by": ["host"]}),
        (CHECK, {"thresholds": {"critical": 2, "warning": 1, "ok": 1}}),
        (CUMULATIVE, {"scheduling_options": {"evaluation_window": {"hour_starts": 30}}}),
        (ANOMALY, {"threshold_windows": {"trigger_window": "last_4h", "recovery_window": "last_3h"}}),
        (CPU, {"thresholds": {"critical": "${var.critical}"}, "evaluation_delay": "${var.delay}"}),
    ],
)
def test_what_datadog_accepts(body, options):
    assert _problems(body, **options) == []


@pytest.mark.parametrize(
    ("body", "options", "path", "answer"),
    [
        (CPU, {"thresholds": {"critical": 91}}, "options.thresholds.critical", "Alert threshold (91.0) does"),
        (CPU, {"thresholds": {"warning": 80}}, "options.thresholds", "Alert status is required."),
        (CPU, {"thresholds": {"critical": "x"}}, "options.thresholds.critical", "Non-numeric"),
        (
            CPU,
            {"thresholds": {"critical": 90, "warning": 95}},
            "options.thresholds.warning",
            "Warning threshold (95.0) must be less than the alert threshold (90.0) with > comparison.",
        ),
        (
            CPU,
            {"thresholds": {"critical": 90, "critical_recovery": 95}},
            "options.thresholds.critical_recovery",
            "alert and alert recovery criteria",
        ),
        (
            CPU,
            {"thresholds": {"critical": 90, "warning_recovery": 7}},
            "options.thresholds.warning_recovery",
            "",
        ),
        (CPU, {"timeout_h": 25}, "options.timeout_h", ""),
        (CPU, {"evaluation_delay": True}, "options.evaluation_delay", ""),
        (CPU, {"on_missing_data": "notify"}, "options.on_missing_data", ""),
        (CPU, {"on_missing_data": "resolve", "timeout_h": 2}, "options.timeout_h", ""),
        (CPU, {"notify_by": ["env"]}, "options.notify_by.0", ""),
        (CPU, {"renotify_occurrences": 2}, "options.renotify_occurrences", "The renotify_occurrences option"),
        (CPU, {"renotify_intervall": 2}, "options.renotify_intervall", ""),
        (UNGROUPED, {"new_group_delay": 60}, "options.new_group_delay", "The new_group_delay option"),
        (LOGS, {"group_retention_duration": "30m"}, "options.group_retention_duration", ""),
        (CHECK, {"thresholds": {"critical": 3}}, "options.thresholds.critical", "Last field should be"),
        (
            CHECK,
            {"thresholds": {}, "on_missing_data": "resolve"},
            "options.on_missing_data",
            "Invalid monitor",
        ),
        (CUMULATIVE, {}, "query", "Monitors with an evaluation_window"),
        (
            CPU,
            {"scheduling_options": {"evaluation_window": {"hour_starts": 0}}},
            "options.scheduling_options.evaluation_window",
            "Monitors with an evaluation_window",
        ),
        (
            CPU,
            {
                "on_missing_data": "resolve",
                "scheduling_options": {"custom_schedule": {"recurrences": [{"rrule": "FREQ=HOURLY"}]}},
            },
            "options.scheduling_options.custom_schedule.recurrences.0.rrule",
            "",
        ),
        (ANOMALY, {}, "options", ""),
        (
            ANOMALY,
            {"threshold_windows": {"trigger_window": "last_1h", "recovery_window": "last_1h"}},
            "options.threshold_windows.trigger_window",
            "alert window query arg",
        ),
        (
            ANOMALY,
            {"threshold_windows": {"trigger_window": "last_4h", "recovery_window": "last_2h"}},
            "options.threshold_windows.recovery_window",
            "alert and alert recovery criteria",
        ),
    ],
)
def test_what_datadog_refuses(body, options, path, answer):
    ((found, text),) = _problems(body, **options)
    assert found == path
    assert text.startswith(answer)
    assert bool(text) == bool(answer)


def test_a_formula_names_variables_only():
    body = {
        "type": "log alert",
        "query": 'formula("a / bb").last("5m") > 1',
        "options": {"variables": [{"name": "a"}, {"name": "b"}]},
    }
    (problem,) = monitor_problems(body)
    assert problem.path == ("query",)
    assert body["query"][problem.start : problem.start + problem.length] == "bb"


def test_an_unknown_type_is_one_problem():
    (problem,) = monitor_problems({"type": "logs alert", "query": "x", "options": {}})
    assert (problem.path, problem.hint) == (("type",), "did you mean 'log alert'?")


@pytest.mark.parametrize(("target", "refused"), [(90, True), (99.9, False)])
def test_a_burn_rate_is_possible_for_its_target(target, refused):
    query = 'burn_rate("x").over("30d").long_window("1h").short_window("5m") > 14.4'
    monitor = monitor_of({"type": "slo alert", "query": query, "options": {}})
    slo = {"thresholds": [{"timeframe": "30d", "target": target}]}
    answers = [problem.answer for problem in slo_alert_problems(monitor, slo)]
    assert answers == (
        [
            "Alert threshold (14.4) must be in range 0 to 10.0 for burn rate alerts "
            "(max threshold = 1/1-slo target)."
        ]
        if refused
        else []
    )


def test_parts_of_a_composite_exist():
    monitor = monitor_of({"type": "composite", "query": "1 && ${monitor.a.id} && 3", "options": {}})
    assert [problem.start for problem in unknown_parts(monitor, {"1"})] == [24]

"""A folder with monitors and their test files, for tests of what runs them."""

from __future__ import annotations

from pathlib import Path

from ddconf.definitions.settings import read
from ddconf.operations.alert_tests.bench import AlertBench
from ddconf.operations.alert_tests.run import run_alerts
from ddconf.operations.pipeline_tests.suites import Collection, collect
from ddconf.pipelines.attributes import ABSENT
from ddconf.pipelines.verdict import Report

MONITORS = """\
monitor:
  cpu:
    name: CPU of {{host.name}}
    type: query alert
    query: avg(last_5m):avg:cpu{*} by {host} > 80
    message: >-
      {{#is_alert}}{{host.name}} at {{value}} @slack-ops{{/is_alert}}
      {{#is_recovery}}{{host.name}} is back @slack-ops{{/is_recovery}}
      {{#is_no_data}}silent{{/is_no_data}}
    options:
      thresholds: {critical: 80, critical_recovery: 70}
      on_missing_data: show_and_notify_no_data
      new_group_delay: 0
  errors:
    name: Errors
    type: log alert
    query: logs("status:error").index("*").rollup("count").by("@shop").last("5m") >= 2
    message: "{{[@shop].name}}: {{log.message}} ${var.who}"
    options: {new_group_delay: 0}
  both:
    name: Both
    type: composite
    query: ${monitor.cpu.id} && ${monitor.errors.id}
    message: "{{a.status}} and {{b.status}}"
  check:
    name: Check
    type: service check
    query: '"app.up".over("*").by("host").last(4).count_by_status()'
    message: "{{#is_alert}}down{{/is_alert}}"
    options: {thresholds: {critical: 3, ok: 2, warning: 1}}
  odd:
    name: Odd
    type: query alert
    query: >-
      avg(last_1h):anomalies(avg:m{*}, 'basic', 2, direction='above', alert_window='last_15m', interval=60,
      count_default_zero='true') >= 0.8
    message: "{{#is_alert}}odd{{/is_alert}}"
    options:
      threshold_windows: {trigger_window: last_15m, recovery_window: last_15m}
      thresholds: {critical: 0.8, critical_recovery: 0}
  peak:
    name: Peak
    type: query alert
    query: max(last_5m):avg:m{*} > 80
    message: peak
  quiet:
    name: Quiet
    type: log alert
    query: logs("*").index("*").rollup("count").by("@shop").last("5m") < 1
    message: quiet
service_level_objective:
  up:
    name: Up
    type: monitor
    monitor_ids: ["${monitor.cpu.id}"]
    thresholds: [{timeframe: 7d, target: 99}]
logs_custom_pipeline:
  shops:
    name: Shops
    is_enabled: true
    filter: {query: "source:shop"}
    processors:
      - type: grok-parser
        name: Line
        is_enabled: true
        source: message
        grok: {match_rules: "line %{word:shop} %{word:level}"}
      - {type: status-remapper, name: Status, is_enabled: true, sources: [level]}
"""


def collection(folder: Path, tests: str) -> Collection:
    (folder / "ddconf.yaml").write_text('site: datadoghq.com\nvariables: {who: "@slack-shop"}\n')
    (folder / "all.yaml").write_text(MONITORS, encoding="utf-8")
    (folder / "all.test.yaml").write_text(tests, encoding="utf-8")
    return collect(folder, read(folder))


def reports(folder: Path, tests: str) -> list[Report]:
    found = collection(folder, tests)
    return list(run_alerts(found.alerts, AlertBench(found.loaded)))


def wrong(folder: Path, tests: str) -> list[str]:
    """What is not as expected, a line each; the reasons of cases too."""
    return [
        line
        for report in reports(folder, tests)
        for verdict in report.verdicts
        for line in (
            *verdict.reasons,
            *(
                f"{item.place}: {_shown(item.expected)} / {_shown(item.found)}"
                for item in verdict.differences
            ),
        )
    ]


def _shown(value: object) -> object:
    return "nothing" if value is ABSENT else value

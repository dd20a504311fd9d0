"""Statuses over time as characters and as a picture."""

from __future__ import annotations

import json
from dataclasses import replace

from ddconf.alerting.comparison import MonitorEffect, StatusComparison
from ddconf.alerting.run_record import GroupRecord
from ddconf.alerting.status import Status
from ddconf.alerting.thresholds import Thresholds
from ddconf.render.status_changes import effect_json, pictures
from ddconf.render.status_chart import StatusChart, draw, limits_of
from ddconf.render.status_text import effect_lines

MINUTES = [60.0 * minute for minute in range(1, 11)]
GROUP = (("host", "<a>"),)


def record(*statuses: tuple[float, Status], values: list[float | None]) -> GroupRecord:
    return GroupRecord(GROUP, list(zip(MINUTES, values, strict=True)), statuses)


VALUES = [1, 2, None, None, 3, 4, 5, 8, 1, 1]
COMPARISON = StatusComparison(
    "a case, host:<a>",
    (0, 600),
    record((60, Status.OK), (480, Status.ALERT), (540, Status.OK), values=VALUES),
    record((60, Status.OK), (300, Status.WARN), (420, Status.ALERT), (540, Status.NO_DATA), values=VALUES),
    (Thresholds(">", 7), Thresholds(">", 4, 2)),
)


def test_a_change_in_characters_has_a_column_for_each_minute() -> None:
    assert effect_lines(MonitorEffect(("alerts earlier",), (COMPARISON,))) == [
        "alerts earlier",
        "a case, host:<a>, 0:00 to 0:10:",
        "  value   ▁▂  ▃▄▅█▁▁  1 to 8",
        "  before  ·······A··",
        "  after   ····wwAA??",
        "(· OK, w Warn, A Alert, ? No Data)",
    ]


def test_a_long_time_shows_the_worst_of_each_column() -> None:
    day = GroupRecord((), (), ((60, Status.OK), (43_200, Status.ALERT), (43_260, Status.OK)))
    lines = effect_lines(MonitorEffect((), (StatusComparison("day", (0, 86_400), day, day, (None, None)),)))
    assert lines[0] == "day, 0:00 to 1 day, 0:00:"
    assert lines[1].count("A") == 1
    assert len(lines[1]) == len("  before  ") + 60


def test_what_has_no_values_has_no_bars_and_no_change_no_legend() -> None:
    assert effect_lines(MonitorEffect(("another text",))) == ["another text"]


def test_a_picture_breaks_the_curve_where_nothing_was_and_shows_all_limits() -> None:
    picture = draw(
        StatusChart(
            (0, 600),
            str,
            COMPARISON.after.values,
            (),
            tuple(limits_of(Thresholds(">", 4, 2, 3, 1))),
            (("<now>", COMPARISON.after.statuses),),
        )
    )
    assert picture.count("<polyline ") == 2
    assert picture.count("<line ") == 4
    assert "critical recovery 3" in picture and "warning 2" in picture
    assert picture.count("<rect ") == 4
    assert "&lt;now&gt;" in picture and "<now>" not in picture


def test_limits_outside_of_the_values_lie_within_the_picture() -> None:
    picture = draw(StatusChart((0, 60), str, ((60, 5.0),), (), tuple(limits_of(Thresholds(">", 100)))))
    heights = [float(part.split('"')[0]) for part in picture.split('y1="')[1:]]
    assert heights and all(0 <= height <= 120 for height in heights)


def test_statuses_without_values_are_a_strip_alone() -> None:
    picture = draw(StatusChart((0, 600), str, strips=(("status", COMPARISON.before.statuses),)))
    assert "<polyline" not in picture and picture.count("<rect ") == 3


def test_a_change_as_pictures_has_the_thresholds_of_both_and_two_strips() -> None:
    page = pictures([COMPARISON])
    assert "critical 4</li>" in page and "critical 7 before</li>" in page and "warning 2</li>" in page
    assert page.count("<polyline ") == 2, "the values are the same before and after"
    assert [name for name in ("before", "after") if f"<th>{name}</th>" in page] == ["before", "after"]
    assert "a case, host:&lt;a&gt;" in page


def test_values_that_change_are_drawn_twice() -> None:
    slower = record((60, Status.OK), values=[1] * 10)
    page = pictures([replace(COMPARISON, after=slower)])
    assert page.count('class="curve was"') == 2 and page.count('class="curve"') == 1


def test_a_change_for_programs_is_numbers() -> None:
    document = effect_json(MonitorEffect(("alerts earlier",), (COMPARISON,)))
    assert json.loads(json.dumps(document)) == document
    [chart] = document["charts"]
    assert document["lines"] == ["alerts earlier"]
    assert (chart["group"], chart["from"], chart["to"]) == ("host:<a>", 0, 600)
    assert chart["before"]["statuses"] == [[60, "OK"], [480, "Alert"], [540, "OK"]]
    assert chart["after"]["values"][:3] == [[60, 1], [120, 2], [180, None]]


def test_what_comes_last_is_within_the_picture() -> None:
    picture = draw(
        StatusChart(
            (0, 600), str, ((60, 1.0), (120, None), (600, 9.0)), strips=(("s", ((600, Status.ALERT),)),)
        )
    )
    ends = [float(point.split(",")[0]) for point in picture.split('points="')[2].split('"')[0].split()]
    assert ends == [997, 1003]
    assert '<rect x="996" width="4"' in picture.replace("<title>", "").replace("<rect ", "<rect ")

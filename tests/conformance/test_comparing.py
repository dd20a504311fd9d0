"""Every recorded write and read compares equal, but for what Datadog really stored otherwise."""

from pathlib import Path

from tests.conformance.comparing import differing, run


def test_recorded_requests_and_reads_compare_equal(corpus: Path) -> None:
    reports = run(corpus)
    assert {report["set"].partition(":")[0] for report in reports} == {"normalize", "reads"}
    assert [failure for report in reports for failure in report["failures"]] == []
    assert sum(report["total"] for report in reports) > 0


def test_a_difference_inside_a_list_is_named_by_its_path() -> None:
    wanted = {"processors": [{"name": "a", "is_enabled": True}, {"name": "b"}]}
    shown = {"processors": [{"name": "a"}, {"name": "c"}]}
    assert differing(wanted, shown) == ["processors[0].is_enabled", "processors[1].name"]

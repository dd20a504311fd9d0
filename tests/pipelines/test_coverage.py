"""Which parts of pipelines a set of runs reached."""

from __future__ import annotations

from ddconf.pipelines import Log, compile_pipelines
from ddconf.pipelines.coverage import CoveredPart, coverage

PIPELINE = {
    "is_enabled": True,
    "processors": [
        {
            "type": "grok-parser",
            "name": "grok",
            "is_enabled": True,
            "grok": {"match_rules": "one %{integer:n}\ntwo %{word:w}"},
        },
        {
            "type": "lookup-processor",
            "name": "table",
            "is_enabled": True,
            "source": "n",
            "target": "t",
            "lookup_table": ["1,a", "2,b"],
        },
    ],
}


def test_parts_that_no_run_went_by_are_missed() -> None:
    compiled = compile_pipelines([PIPELINE])
    result = coverage(compiled, [compiled.run(Log("1"))])
    assert [part.part for part in result.missed] == ["two", "2"]
    assert CoveredPart((0, "processors", 0), "grok-parser", "grok", "one") in result.reached
    assert result.share == 5 / 7


def test_without_runs_nothing_is_reached() -> None:
    result = coverage(compile_pipelines([PIPELINE]), [])
    assert (result.reached, result.share) == ((), 0.0)


def test_nothing_to_reach_is_all_reached() -> None:
    assert coverage(compile_pipelines([]), []).share == 1.0

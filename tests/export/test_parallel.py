"""Objects made into definitions: the same by other processes as here, and whatever becomes of those."""

from __future__ import annotations

import sys
from concurrent.futures import wait

import pytest

from ddconf.document import pack
from ddconf.operations.export import parallel as module
from ddconf.operations.export.one_object import ExportContext, ExportedObject, ExportTask, take
from ddconf.operations.export.parallel import ExportWorkers

MONITOR = {"type": "query alert", "query": "avg(last_5m):avg:a{*} > 1", "message": "m @team-net"}
AROUND = ExportContext(
    {("monitor", "100001"): "monitor.first"},
    {"@team-net": "@team-${team.net.handle}"},
    "0" * 32,
    {"monitor": "# head\n", "service_level_objective": "# head\n"},
)


def tasks() -> list[ExportTask]:
    monitors = [{**MONITOR, "name": f"m{n}", "message": f"say {n}", "id": n} for n in range(7)]
    slo = {"name": "up", "type": "monitor", "monitor_ids": [100001], "thresholds": [], "id": "s"}
    return [
        *(ExportTask("monitor", f"m{n}", str(n), pack(item), n % 2 == 0) for n, item in enumerate(monitors)),
        ExportTask("monitor", "handle", "100", pack({**MONITOR, "name": "h"}), False),
        ExportTask("service_level_objective", "up", "s", pack(slo), False),
        ExportTask("monitor", "odd", "8", pack({"options": 7, "query": {"a": 1}, "type": []}), False),
    ]


def done(given: list[ExportTask]) -> list[ExportedObject]:
    with ExportWorkers(AROUND) as workers:
        for task in given:
            workers.add(task)
        return list(workers.drain())


def test_the_text_the_entry_and_the_proof_are_made() -> None:
    first, *_, handle, slo, _ = (take(task, AROUND) for task in tasks())
    assert first.text.startswith("monitor:\n  m0:\n    name: m0\n")
    assert b'"id":"0"' in first.line
    assert first.unchanged and first.parsed and not first.needs
    assert "@team-${team.net.handle}" in handle.text
    assert (handle.needs, handle.unchanged) == (("team.net",), None)
    assert "- ${monitor.first}" in slo.text
    assert (slo.needs, slo.unchanged) == (("monitor.first",), None)


def test_what_a_plan_must_look_at_itself_is_not_settled() -> None:
    escaped = ExportTask("monitor", "m", "1", pack({**MONITOR, "name": "m", "message": "costs ${x}"}), False)
    taken = take(escaped, AROUND)
    assert "$${x}" in taken.text
    assert (taken.parsed is not None, taken.unchanged) == (True, None)


def test_what_is_done_is_given_in_its_order_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SLICE", 300)
    found = []
    with ExportWorkers(AROUND) as workers:
        assert not list(workers.finished())
        for task in tasks():
            workers.add(task)
            found += workers.finished()
        wait(future for _, future in workers._given)
        found += workers.finished()
        assert 0 < len(found) < len(tasks())  # the last few make no slice
        assert not list(workers.finished())
        found += workers.drain()
        assert not [*workers.finished(), *workers.drain()]
    assert found == [take(task, AROUND) for task in tasks()]


@pytest.mark.parametrize("slice_", [1, 300, 1_000_000])
@pytest.mark.parametrize("executable", [sys.executable, "/bin/false"])
def test_other_processes_take_as_this_one_does(
    monkeypatch: pytest.MonkeyPatch, slice_: int, executable: str
) -> None:
    expected = [take(task, AROUND) for task in tasks()]
    monkeypatch.setattr(module, "_SLICE", slice_)
    monkeypatch.setattr(sys, "executable", executable)
    assert done(tasks()) == expected

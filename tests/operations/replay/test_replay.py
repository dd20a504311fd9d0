"""Recorded logs before and after a change of pipelines: what is lost is found, however rare it is."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import zstandard

from ddconf.address import Address
from ddconf.cli.group import run
from ddconf.document import Document
from ddconf.errors import DdconfError
from ddconf.operations.replay.live_pipelines import live_pipelines
from ddconf.operations.replay.log_file import RecordedFile
from ddconf.operations.replay.log_files import find_log_files, numbered_blocks
from ddconf.operations.replay.recorded_log import recorded_log
from ddconf.operations.replay.replay import PipelineChange, replay_file, replay_here
from ddconf.operations.replay.report import ReplayReport
from ddconf.pipelines import Log
from ddconf.state.model import Entry, State
from tests.operations.replay.shop import define
from tests.operations.replay.shop import pipeline as shop

SOLD = r"sold %{integer:order.id} for %{number:order.price}"
RETURNED = r"returned %{integer:order.id}"
SOLD_AS_TEXT = r"sold sold %{integer:order.id} for %{notSpace:order.price}"
BEFORE = shop(f"sold {SOLD}", f"returned {RETURNED}")


def changed(*rules: str) -> PipelineChange:
    return PipelineChange.of([BEFORE], [shop(*rules)])


def lines(count: int, rare: int) -> Iterator[str]:
    for number in range(count):
        yield f"returned {number}" if number % rare == rare - 1 else f"sold {number} for 9.5"


def written_lines(folder: Path, lines: Iterable[str], name: str = "logs.log") -> RecordedFile:
    file = folder / name
    file.write_text("".join(f"{line}\n" for line in lines))
    return RecordedFile(name, str(file), "")


def findings(report: ReplayReport, about: str) -> dict[tuple[str, str], int]:
    return {(item["what"], item["name"]): item["logs"] for item in report.of(about)}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_regression_in_one_of_ten_thousand_lines_is_found(tmp_path: Path, jobs: int) -> None:
    change = changed(f"sold {SOLD}", "returned returned: %{integer:order.id}")
    file = written_lines(tmp_path, lines(20_000, 10_000))
    (done,) = replay_here(change, [file], jobs)
    report = done.report
    assert (report.logs, report.changed) == (20_000, 2)
    assert findings(report, "rule")["lost", "Shop / Text / returned"] == 2
    assert findings(report, "attribute") == {("vanishes", "order.id"): 2}
    assert findings(report, "unparsed") == {("newly", "Shop: returned <number>"): 2}
    example = next(report.of("unparsed"))
    assert (example["example"], example["file"], example["line"]) == ("returned 9999", "logs.log", 10_000)


def test_a_value_that_becomes_text_is_told_as_another_type(tmp_path: Path) -> None:
    file = written_lines(tmp_path, lines(100, 10))
    report = replay_file(changed(SOLD_AS_TEXT, f"returned {RETURNED}"), file).report
    assert findings(report, "attribute") == {("becomes text instead of number", "order.price"): 90}


def test_the_same_pipelines_change_nothing(tmp_path: Path) -> None:
    file = written_lines(tmp_path, lines(1_000, 10))
    report = replay_file(PipelineChange.of([BEFORE], [BEFORE]), file).report
    assert not report.differs
    assert {what for what, _ in findings(report, "rule")} == {"kept"}


def test_a_pipeline_that_is_removed_loses_all_its_matches(tmp_path: Path) -> None:
    file = written_lines(tmp_path, lines(10, 10))
    report = replay_file(PipelineChange.of([BEFORE], []), file).report
    assert findings(report, "rule") == {
        ("lost", "Shop / Text / sold"): 9,
        ("lost", "Shop / Text / returned"): 1,
    }
    assert report.changed == 10


def test_lists_that_differ_by_the_kind_of_a_number_differ(tmp_path: Path) -> None:
    before, after = (
        shop(f'sold sold %{{data:ids:array("[]", ",", {kind})}}') for kind in ("integer", "number")
    )
    file = written_lines(tmp_path, ["sold [1,2.5]", "sold [1,2]"])
    report = replay_file(PipelineChange.of([before], [after]), file).report
    assert report.changed >= 1


@pytest.mark.parametrize(
    ("line", "log"),
    [
        ("sold 1", Log("sold 1")),
        (
            '{"_id": "a", "date": "2026-11-23T05:00:00.000Z", "service": "till", "host": "h",'
            ' "source": "shop", "status": "warn", "message": "sold 1",'
            ' "attributes": {"n": 1}, "tags": ["a:b"]}',
            Log("sold 1", {"n": 1}, ("a:b",), "warn", "till", "shop", "h", 1_795_410_000_000),
        ),
        (
            '{"id": "a", "type": "log", "attributes": {"message": "sold 1", "attributes": {"n": 1},'
            ' "tags": ["source:shop"]}}',
            Log("sold 1", {"n": 1}, ("source:shop",), source="shop"),
        ),
        (
            '{"message": "sold", "attributes": {"n": 1}, "level": "warn"}',
            Log.from_text('{"message": "sold", "attributes": {"n": 1}, "level": "warn"}'),
        ),
    ],
    ids=["text", "archive", "search API", "JSON of a program"],
)
def test_each_form_of_a_recorded_log_is_read(line: str, log: Log) -> None:
    assert recorded_log(line).log == log


@pytest.mark.parametrize(
    "line", ["{", "{}x", '{"attributes": 1}', '{"attributes": {}, "tags": 1, "date": []}']
)
def test_no_line_stops_the_replay(tmp_path: Path, line: str) -> None:
    assert replay_file(changed(f"sold {SOLD}"), written_lines(tmp_path, [line])).report.logs == 1


def read_lines(place: str) -> Iterator[str]:
    for file in find_log_files(place):
        for _, block in numbered_blocks(file):
            yield from block


def test_archives_are_read_in_the_order_of_time(tmp_path: Path) -> None:
    for hour in ("06", "05"):
        folder = tmp_path / "dt=20261123" / f"hour={hour}"
        folder.mkdir(parents=True)
        with gzip.open(folder / "archive_0.json.gz", "wt") as file:
            file.write(json.dumps({"message": hour, "attributes": {}}) + "\n")
    (tmp_path / "dt=20261123" / "hour=07.jsonl.zst").write_bytes(
        zstandard.compress(b"07\n") + zstandard.compress(b"08\n")
    )
    read = [recorded_log(line).log.message for line in read_lines(str(tmp_path))]
    assert read == ["05", "06", "07", "08"]


@pytest.mark.parametrize("name", ["no.log", "cut.json.gz", "cut.json.zst", "empty"])
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "cut.json.gz").write_bytes(gzip.compress(b"sold 1\n" * 9_000)[:-12])
    (tmp_path / "cut.json.zst").write_bytes(b"no frame of Zstandard")
    with pytest.raises(DdconfError, match=name):
        list(read_lines(str(tmp_path / name)))


def test_the_command_tells_and_exits_with_2_where_something_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs = tmp_path / "logs.log"
    logs.write_text("\n".join(lines(100, 50)))
    old, new = define(tmp_path / "old", BEFORE), define(tmp_path / "new", shop(f"sold {SOLD}"))
    arguments = ["-C", str(new), "replay", str(logs), "--before"]
    assert run([*arguments, str(old)]) == 2
    told = capsys.readouterr().out
    assert "2 of 100 logs come out otherwise" in told
    assert "lost: Shop / Text / returned (2 logs)" in told
    assert run([*arguments, str(new), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["changed"] == 0


def test_without_a_state_the_command_says_what_to_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logs.log").write_text("sold 1\n")
    folder = define(tmp_path / "new", BEFORE)
    assert run(["-C", str(folder), "replay", str(tmp_path / "logs.log")]) == 1
    assert "--before FOLDER" in capsys.readouterr().err


def test_the_live_pipelines_come_in_the_order_of_the_state() -> None:
    def entry(id_: str, document: Document) -> Entry:
        return Entry(id_, document, document)

    state = State(
        lineage="l",
        site="s",
        entries={
            Address("logs_custom_pipeline", "a"): entry("1", {"name": "A"}),
            Address("logs_custom_pipeline", "b"): entry("2", {"name": "B"}),
            Address("logs_pipeline_order", "order"): entry("", {"pipeline_ids": ["2", "9", "1"]}),
        },
    )
    assert [pipeline["name"] for pipeline in live_pipelines(state).values()] == ["B", "A"]

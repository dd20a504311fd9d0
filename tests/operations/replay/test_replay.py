"""Recorded logs before and after a change of pipelines: what is lost is found, however rare it is."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard

from ddconf.address import Address
from ddconf.cli.group import run
from ddconf.document import Document
from ddconf.errors import DdconfError
from ddconf.operations.replay.counts import ReplayCounts
from ddconf.operations.replay.live_pipelines import live_pipelines
from ddconf.operations.replay.log_files import blocks_of
from ddconf.operations.replay.recorded_log import recorded_log
from ddconf.operations.replay.replay import PipelineChange, replay
from ddconf.pipelines import Log
from ddconf.state.model import Entry, State


def shop(*rules: str) -> Document:
    parser = {
        "type": "grok-parser",
        "name": "Text",
        "is_enabled": True,
        "source": "message",
        "samples": [],
        "grok": {"support_rules": "", "match_rules": "\n".join(rules)},
    }
    return {"name": "Shop", "is_enabled": True, "filter": {"query": "*"}, "processors": [parser]}


SOLD = r"sold %{integer:order.id} for %{number:order.price}"
RETURNED = r"returned %{integer:order.id}"
SOLD_AS_TEXT = r"sold sold %{integer:order.id} for %{notSpace:order.price}"
BEFORE = shop(f"sold {SOLD}", f"returned {RETURNED}")


def changed(*rules: str) -> PipelineChange:
    return PipelineChange((BEFORE,), (shop(*rules),))


def lines(count: int, rare: int) -> Iterator[str]:
    for number in range(count):
        yield f"returned {number}" if number % rare == rare - 1 else f"sold {number} for 9.5"


def blocks(count: int, rare: int) -> Iterator[list[str]]:
    found = list(lines(count, rare))
    return (found[at : at + 500] for at in range(0, count, 500))


def findings(tally: ReplayCounts, about: str) -> dict[tuple[str, str], int]:
    return {(item["what"], item["name"]): item["logs"] for item in tally.of(about)}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_regression_in_one_of_ten_thousand_lines_is_found(jobs: int) -> None:
    tally = replay(
        changed(f"sold {SOLD}", "returned returned: %{integer:order.id}"), blocks(20_000, 10_000), jobs
    )
    assert (tally.logs, tally.changed) == (20_000, 2)
    assert findings(tally, "rule")["lost", "Shop / Text / returned"] == 2
    assert findings(tally, "attribute") == {("vanishes", "order.id"): 2}
    assert findings(tally, "unparsed") == {("newly", "Shop: returned <number>"): 2}
    assert next(tally.of("unparsed"))["example"] == "returned 9999"


def test_a_value_that_becomes_text_is_told_as_another_type() -> None:
    tally = replay(changed(SOLD_AS_TEXT, f"returned {RETURNED}"), blocks(100, 10))
    assert findings(tally, "attribute") == {("becomes text instead of number", "order.price"): 90}


def test_the_same_pipelines_change_nothing() -> None:
    tally = replay(PipelineChange((BEFORE,), (BEFORE,)), blocks(1_000, 10))
    assert tally.changed == 0
    assert {what for what, _ in findings(tally, "rule")} == {"kept"}


def test_findings_of_ever_new_names_do_not_fill_the_memory() -> None:
    tally = ReplayCounts()
    for number in range(20_000):
        tally.count(("attribute", "vanishes", f"a{number}"), "x" * 10_000)
    assert len(tally.found) == 5_000
    assert tally.uncounted == 15_000
    assert all(len(example) <= 500 for _, example in tally.found.values())


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
    assert recorded_log(line) == log


@pytest.mark.parametrize(
    "line", ["{", "{}x", '{"attributes": 1}', '{"attributes": {}, "tags": 1, "date": []}']
)
def test_no_line_stops_the_replay(line: str) -> None:
    assert replay(changed(f"sold {SOLD}"), [[line]]).logs == 1


def test_archives_are_read_in_the_order_of_time(tmp_path: Path) -> None:
    for hour in ("06", "05"):
        folder = tmp_path / "dt=20261123" / f"hour={hour}"
        folder.mkdir(parents=True)
        with gzip.open(folder / "archive_0.json.gz", "wt") as file:
            file.write(json.dumps({"message": hour, "attributes": {}}) + "\n")
    (tmp_path / "dt=20261123" / "hour=07.jsonl.zst").write_bytes(
        zstandard.compress(b"07\n") + zstandard.compress(b"08\n")
    )
    read = [recorded_log(line).message for block in blocks_of(tmp_path) for line in block]
    assert read == ["05", "06", "07", "08"]


@pytest.mark.parametrize("name", ["no.log", "cut.json.gz", "cut.json.zst", "empty"])
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "cut.json.gz").write_bytes(gzip.compress(b"sold 1\n" * 9_000)[:-12])
    (tmp_path / "cut.json.zst").write_bytes(b"no frame of Zstandard")
    with pytest.raises(DdconfError, match=name):
        list(blocks_of(tmp_path / name))


def written(folder: Path, pipeline: Document) -> Path:
    folder.mkdir()
    (folder / "ddconf.yaml").write_text("{}\n")
    (folder / "pipeline.json").write_text(json.dumps({"logs_custom_pipeline": {"shop": pipeline}}))
    return folder


def test_the_command_tells_and_exits_with_2_where_something_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs = tmp_path / "logs.log"
    logs.write_text("\n".join(lines(100, 50)))
    old, new = written(tmp_path / "old", BEFORE), written(tmp_path / "new", shop(f"sold {SOLD}"))
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
    folder = written(tmp_path / "new", BEFORE)
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
    assert [pipeline["name"] for pipeline in live_pipelines(state)] == ["B", "A"]

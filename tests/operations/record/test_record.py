"""Logs are recorded page by page, none twice and none missing, whenever a run is killed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ddconf.document import JSON, Document
from ddconf.errors import DdconfError
from ddconf.operations.record.pages import Page, Wanted, archive_pages, search_pages
from ddconf.operations.record.recording import Recording
from ddconf.operations.replay.log_file import TimeRange
from ddconf.operations.replay.log_files import find_log_files, numbered_blocks
from ddconf.operations.replay.recorded_log import recorded_log

DAY = TimeRange(datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC))


class Searches:
    """The search API with 2,500 logs."""

    def __init__(self) -> None:
        self.bodies: list[Document] = []

    def __call__(self, body: Document) -> JSON:
        self.bodies.append(body)
        begin = int(body["page"].get("cursor", 0))
        end = min(begin + body["page"]["limit"], 2_500)
        logs = [{"message": f"{n} sold", "attributes": {"n": n}} for n in range(begin, end)]
        data = [{"id": str(log["attributes"]["n"]), "type": "log", "attributes": log} for log in logs]
        return {"data": data, "meta": {"page": {"after": str(end)}} if end < 2_500 else {}}


def numbers(lines: Iterator[str]) -> list[int]:
    return [recorded_log(line).log.attributes["n"] for line in lines]


def lines_of(pages: Iterator[Page]) -> Iterator[str]:
    for page in pages:
        yield from page.lines


def read(path: Path) -> Iterator[str]:
    for file in find_log_files(str(path)):
        for _, block in numbered_blocks(file):
            yield from block


def test_all_pages_are_read() -> None:
    searches = Searches()
    assert numbers(lines_of(search_pages(searches, Wanted("*", DAY, 10_000)))) == list(range(2_500))
    assert len(searches.bodies) == 3
    assert searches.bodies[0]["filter"] == {
        "query": "*",
        "from": "2026-11-23T00:00:00+00:00",
        "to": "2026-11-24T00:00:00+00:00",
    }


def test_no_more_than_the_sample_is_asked_for() -> None:
    searches = Searches()
    assert len(list(lines_of(search_pages(searches, Wanted("*", DAY, 1_200))))) == 1_200
    assert [body["page"]["limit"] for body in searches.bodies] == [1_000, 200]


class Killed(BaseException):
    """The process is gone."""


def archive(folder: Path) -> Path:
    for hour in range(5, 8):
        below = folder / "dt=20261123" / f"hour={hour:02}"
        below.mkdir(parents=True)
        events = (
            {"date": f"2026-11-23T{hour:02}:30:00Z", "source": "shop", "message": "", "attributes": {"n": n}}
            for n in range(hour * 1_000, hour * 1_000 + 700)
        )
        with gzip.open(below / "archive_1.json.gz", "wt") as file:
            file.writelines(f"{json.dumps(event)}\n" for event in events)
    return folder


@pytest.mark.parametrize("source", ["search", "archive"])
@pytest.mark.parametrize("ending", ["jsonl", "jsonl.zst", "jsonl.gz"])
@pytest.mark.parametrize("moment", ["before a page", "after a page, before it is noted"])
def test_a_run_that_was_killed_is_gone_on_with(
    tmp_path: Path, source: str, ending: str, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, wanted = tmp_path / f"logs.{ending}", Wanted("*", DAY, 2_050)
    files = find_log_files(str(archive(tmp_path / "archive")), DAY)

    def pages(position: str, had: int) -> Iterator[Page]:
        if source == "search":
            return search_pages(Searches(), wanted, position, had)
        return archive_pages(files, wanted, position, had)

    def run(dies_at: int | None) -> None:
        recording = Recording(out, "request", DAY)
        begun = recording.progress
        for number, page in enumerate(pages(begun.position, begun.logs)):
            if number == dies_at:
                if moment.startswith("after"):
                    monkeypatch.setattr(Recording, "_save", _dies)
                    recording.add(page.lines, page.position)
                raise Killed
            recording.add(page.lines, page.position)
        recording.finish()

    for dies_at in (0, 1, 1):
        with monkeypatch.context(), pytest.raises(Killed):
            run(dies_at)
        monkeypatch.undo()
    run(None)
    first = 0 if source == "search" else 5_000
    found = numbers(read(out))
    assert len(found) == len(set(found)) == 2_050
    assert found == sorted(found) and found[0] == first
    assert [item.name for item in tmp_path.iterdir() if item.is_file()] == [out.name]


def _dies(_recording: Recording) -> None:
    raise Killed


def test_a_recording_is_not_written_over(tmp_path: Path) -> None:
    out = tmp_path / "logs.jsonl"
    out.write_text("precious\n")
    with pytest.raises(DdconfError, match="exists already"):
        Recording(out, "request", DAY)
    assert out.read_text() == "precious\n"


def test_a_recording_of_other_logs_is_not_gone_on_with(tmp_path: Path) -> None:
    Recording(tmp_path / "logs.jsonl", "this", DAY)
    with pytest.raises(DdconfError, match="of other logs"):
        Recording(tmp_path / "logs.jsonl", "that", DAY)


@pytest.mark.parametrize("notes", ["", "{}", '{"request": 1}', "[]"])
def test_a_damaged_progress_is_named(tmp_path: Path, notes: str) -> None:
    (tmp_path / ".logs.jsonl.progress").write_text(notes)
    with pytest.raises(DdconfError, match=r"logs\.jsonl cannot be read"):
        Recording(tmp_path / "logs.jsonl", "request", DAY)


def test_of_an_archive_only_logs_of_the_time_and_the_query_are_taken(tmp_path: Path) -> None:
    folder = archive(tmp_path / "archive")
    hour = TimeRange(datetime(2026, 11, 23, 6, tzinfo=UTC), datetime(2026, 11, 23, 6, 31, tzinfo=UTC))
    files = find_log_files(str(folder), hour)
    assert [file.name for file in files] == ["dt=20261123/hour=06/archive_1.json.gz"]
    everything = find_log_files(str(folder))
    wanted = Wanted("source:shop @n:<6010", hour, 1_000)
    assert numbers(lines_of(archive_pages(everything, wanted))) == list(range(6_000, 6_010))
    early = TimeRange(hour.begin, datetime(2026, 11, 23, 6, 30, tzinfo=UTC))
    assert not list(lines_of(archive_pages(everything, Wanted("*", early, 1_000))))

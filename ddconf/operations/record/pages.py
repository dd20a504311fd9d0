"""Logs of the search API or of an archive, page by page, as lines of JSON for a replay."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ddconf.document import Document
from ddconf.operations.record.log_search import Ask, found_pages
from ddconf.operations.replay.log_file import RecordedFile, TimeRange
from ddconf.operations.replay.log_files import numbered_blocks
from ddconf.operations.replay.recorded_log import recorded_log
from ddconf.pipelines.query import parse_query


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which logs: a search query, a time, and at most how many of them, the oldest first."""

    query: str
    within: TimeRange
    sample: int


@dataclass(frozen=True, slots=True)
class Page:
    """Lines in their order, and the position from which the next page goes on."""

    lines: Sequence[str]
    position: str


def search_pages(ask: Ask, wanted: Wanted, position: str = "", had: int = 0) -> Iterator[Page]:
    """Pages of the search API; a position is its cursor, `had` how many logs came before."""
    begin, end = (moment.isoformat() for moment in (wanted.within.begin, wanted.within.end))
    asked: Document = {"query": wanted.query, "from": begin, "to": end}
    for events, after in found_pages(ask, asked, wanted.sample - had, position):
        yield Page([json.dumps(event, ensure_ascii=False) for event in events], after)


def archive_pages(
    files: Sequence[RecordedFile], wanted: Wanted, position: str = "", had: int = 0
) -> Iterator[Page]:
    """Pages of archived files; a position is a file's name and a number of lines in it."""
    matches = _chooser(wanted)
    name, _, number = position.rpartition(":")
    left = wanted.sample - had
    for file in files:
        if file.name < name:
            continue
        done = int(number) if file.name == name else 0
        for first, block in numbered_blocks(file):
            end = first + len(block) - 1
            chosen = []
            for at, line in enumerate(block, first):
                if at > done and line.strip() and matches(line):
                    chosen.append(line)
                    if len(chosen) == left:
                        end = at
                        break
            if end > done:
                yield Page(chosen, f"{file.name}:{end}")
            left -= len(chosen)
            if left <= 0:
                return


def _chooser(wanted: Wanted) -> Callable[[str], bool]:
    """Whether a line is of the time and is found by the query."""
    query = parse_query(wanted.query)
    begin, end = (int(moment.timestamp() * 1000) for moment in (wanted.within.begin, wanted.within.end))

    def matches(line: str) -> bool:
        log = recorded_log(line).log
        return (log.timestamp is None or begin <= log.timestamp < end) and query.matches(log)

    return matches

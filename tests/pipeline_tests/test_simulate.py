"""Lines through pipelines in blocks: in order on any number of processes, and as the API runs them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest

from ddconf.address import Address
from ddconf.cli.lines import line_blocks
from ddconf.operations.pipeline_tests.simulate import LogOrigin, Simulation, simulate, traced
from ddconf.pipelines import Log

PIPELINE = {
    "is_enabled": True,
    "filter": {"query": "source:shop"},
    "processors": [
        {
            "type": "grok-parser",
            "is_enabled": True,
            "source": "message",
            "grok": {"match_rules": "line n=%{integer:n} .*"},
        }
    ],
}
SIMULATION = Simulation({Address("logs_custom_pipeline", "shop"): PIPELINE}, LogOrigin(source="shop"))


def lines(count: int) -> list[str]:
    return [f"n={number} {'x' * 100}" for number in range(count)]


def blocks(count: int, size: int) -> Iterator[list[str]]:
    found = lines(count)
    return (found[at : at + size] for at in range(0, count, size))


@pytest.mark.parametrize("size", [7, 400])
@pytest.mark.parametrize("processes", [1, 3])
def test_every_line_comes_out_once_and_in_order(size: int, processes: int) -> None:
    done = list(simulate(SIMULATION, blocks(3_000, size), processes))
    logs = [json.loads(line) for block in done for line in block.text.splitlines()]
    assert [log["attributes"]["n"] for log in logs] == list(range(3_000))
    assert sum(block.logs for block in done) == sum(block.taken for block in done) == 3_000


def test_no_more_is_read_ahead_than_a_few_blocks_for_each_process() -> None:
    read = 0

    def counted() -> Iterator[list[str]]:
        nonlocal read
        for block in blocks(40 * 400, 400):
            read += 1
            yield block

    for number, _ in enumerate(simulate(SIMULATION, counted(), 2), 1):
        assert read - number <= 2 * 4 + 1


def test_a_line_is_written_as_the_traced_log_is() -> None:
    (block,) = simulate(SIMULATION, [["n=1 a", "", "other", '{"message": "n=2 b", "é": 1.0}']], 1)
    whole = [
        outcome.log.as_json()
        for _, outcome in traced(SIMULATION, ["n=1 a\n", "other", '{"message": "n=2 b", "é": 1.0}'])
    ]
    assert [json.loads(line) for line in block.text.splitlines()] == whole
    assert Log("é").as_json_line() == '{"message": "é", "attributes": {}, "tags": []}'


class Slow(io.BytesIO):
    """Gives a few bytes at a time."""

    def read1(self, _size: int | None = -1) -> bytes:
        return super().read(5)


@pytest.mark.parametrize(
    "content",
    [b"", b"a", b"a\n", b"\n\na\r\nb", "one\ntwo é long line\nthree".encode(), b"\xef\xbb\xbfa\nb\xff\n"],
)
def test_blocks_hold_the_lines_of_the_stream(content: bytes) -> None:
    text = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", errors="replace")
    expected = [line.rstrip("\n") for line in text]
    for stream in (io.BytesIO(content), Slow(content)):
        found = line_blocks(io.TextIOWrapper(stream, encoding="utf-8-sig"))
        assert [line for block in found for line in block] == expected


def test_logs_for_one_pipeline_come_from_where_its_filter_says_unless_they_say_so_themselves() -> None:
    simulation = Simulation(SIMULATION.pipelines, meant=True)
    (block,) = simulate(simulation, [["n=1", '{"message": "n=2", "ddsource": "other", "ddtags": "a:b"}']], 1)
    text, own = (json.loads(line) for line in block.text.splitlines())
    assert (text["source"], own["source"], own["tags"], block.taken) == ("shop", "other", ["a:b"], 1)

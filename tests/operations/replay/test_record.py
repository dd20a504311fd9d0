"""Logs are read page by page, no more than asked for, and without what is masked."""

from __future__ import annotations

import json

from ddconf.document import JSON, Document
from ddconf.operations.replay.record import recorded_lines
from ddconf.operations.replay.recorded_log import recorded_log


class Searches:
    """The search API with 2,500 logs."""

    def __init__(self) -> None:
        self.bodies: list[Document] = []

    def __call__(self, body: Document) -> JSON:
        self.bodies.append(body)
        begin = int(body["page"].get("cursor", 0))
        end = min(begin + body["page"]["limit"], 2_500)
        logs = [
            {
                "message": f"{n} by ann@shop.example",
                "attributes": {"usr": {"email": "ann@shop.example"}, "n": n},
            }
            for n in range(begin, end)
        ]
        data = [{"id": str(log["attributes"]["n"]), "type": "log", "attributes": log} for log in logs]
        return {"data": data, "meta": {"page": {"after": str(end)}} if end < 2_500 else {}}


def test_all_pages_are_read() -> None:
    searches = Searches()
    lines = list(recorded_lines(searches, "*", "now-1d", 10_000))
    assert [recorded_log(line).attributes["n"] for line in lines] == list(range(2_500))
    assert len(searches.bodies) == 3


def test_no_more_than_the_sample_is_asked_for() -> None:
    searches = Searches()
    assert len(list(recorded_lines(searches, "*", "now-1d", 1_200))) == 1_200
    assert [body["page"]["limit"] for body in searches.bodies] == [1_000, 200]


def test_what_is_masked_is_nowhere_in_the_recording() -> None:
    lines = list(recorded_lines(Searches(), "*", "now-1d", 2, ["usr.email", "absent"]))
    assert "ann@" not in "".join(lines)
    emails = {json.loads(line)["attributes"]["attributes"]["usr"]["email"] for line in lines}
    assert len(emails) == 1

"""Lists with pages: whole or not at all, and asked for at once where that is safe."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from ddconf.datadog.http import client as client_module
from ddconf.datadog.http.client import Client
from ddconf.datadog.http.credentials import Credentials
from ddconf.datadog.http.retry_settings import Retry
from ddconf.datadog.objects import crud, pagination
from ddconf.errors import ApiError
from ddconf.kind import Kind, Pages, rest
from tests.datadog.stub import Got, Reply, organisation, script, sent, served

PAGES = Pages("offset", "start", "count", limit=3, total="meta.total")
PAGED = Kind("thing", rest("/things", items="data", pages=PAGES))
SILENT = Kind("thing", rest("/things", items="data", pages=replace(PAGES, total="")))
"""Its list tells no total."""


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "RETRY", Retry(multiplier=0.001))


def things(*ids: int) -> dict[str, Any]:
    return {"data": [{"id": number, "name": f"n{number}"} for number in ids]}


def test_a_paged_list_ends_at_the_short_page() -> None:
    pages = script(Reply(body=things(1, 2, 3)), Reply(body=things(4)))
    with organisation(pages) as (client, stub):
        found = crud.list_all(client, PAGED)
    assert [item.id for item in found] == ["1", "2", "3", "4"]
    assert sent(stub) == ["GET /things?start=0&count=3", "GET /things?start=3&count=3"]


def test_pages_are_counted_from_their_first_number() -> None:
    api = rest("/things", items="data", pages=Pages("page", "page[number]", "page[size]", limit=1, first=1))
    with organisation(script(Reply(body=things(1)), Reply(body=things()))) as (client, stub):
        assert len(crud.list_all(client, Kind("thing", api))) == 1
    assert sent(stub)[1] == "GET /things?page%5Bnumber%5D=2&page%5Bsize%5D=1"


@pytest.mark.parametrize(
    "replies",
    [
        [Reply(body=things(1, 2, 3)), Reply(400, {"errors": ["no"]})],
        [Reply(body=things(1, 2, 3)), Reply(body=things(1, 2, 3))],
        [Reply(body=things(1, 1))],
        [Reply(body={**things(1, 2), "meta": {"total": 3}})],
        [Reply(body=things(1, 2, 3)), Reply(body={**things(4), "meta": {"total": 5}})],
        [Reply(body={"data": None})],
        [Reply(body={"other": []})],
        [Reply(body=[])],
        [Reply(body={"data": {"id": 1}})],
        [Reply(body={"data": [1]})],
        [Reply(body={"data": [{"name": "without an id"}]})],
        [Reply(body={"data": [{}]})],
        [Reply(204)],
        [Reply(body=things(1), cut=True)],
        [Reply(200, raw=b'{"data": [{"id": 1}')],
    ],
)
def test_an_incomplete_list_is_never_an_answer(replies: list[Reply]) -> None:
    with organisation(script(*replies)) as (client, _), pytest.raises(ApiError):
        crud.list_all(client, PAGED)


def paged(*numbers: int, seconds: float = 0.0) -> Callable[[Got], Reply]:
    """Lists of these things at any path, in pages of three, which tell how many there are.

    All pages but the first take some seconds.
    """

    def answer(got: Got) -> Reply:
        start = int(got.path.partition("start=")[2].partition("&")[0])
        time.sleep(seconds if start else 0)
        return Reply(body={**things(*numbers[start : start + 3]), "meta": {"total": len(numbers)}})

    return answer


def test_pages_of_a_list_that_tells_how_many_there_are_come_at_once() -> None:
    with organisation(paged(*range(1, 15), seconds=0.2)) as (client, stub):
        found = crud.list_all(client, PAGED)
    assert [item.id for item in found] == [str(number) for number in range(1, 15)]
    assert stub.most_at_once > 1
    assert len(stub.got) == 5


@pytest.mark.parametrize("workers", [1, 2])
def test_pages_that_no_thread_is_free_for_do_not_wait_for_each_other(workers: int) -> None:
    kinds = [Kind(f"kind{n}", rest(f"/things{n}", items="data", pages=PAGES)) for n in range(4)]
    with served(paged(*range(1, 15))) as stub:
        client = Client(Credentials(stub.url, "example.com", "key-1", "key-2"), workers=workers, timeout=5)
        found = crud.list_many(client, kinds)
        client.close()
    assert [len(found[kind.name]) for kind in kinds] == [14] * 4  # type: ignore[arg-type]
    assert len(stub.got) == 4 * 5


@pytest.mark.parametrize(
    ("expected", "at_once", "requests"), [(0, False, 5), (8, True, 5), (14, True, 5), (20, True, 7)]
)
def test_pages_that_should_be_there_come_at_once(expected: int, at_once: bool, requests: int) -> None:
    with organisation(paged(*range(1, 15), seconds=0.2)) as (client, stub):
        found = crud.list_all(client, SILENT, expected=expected)
    assert [item.id for item in found] == [str(number) for number in range(1, 15)]
    assert (stub.most_at_once > 1) is at_once
    assert len(stub.got) == requests


def test_a_page_that_is_not_full_while_others_follow_makes_no_list() -> None:
    """As where a server gives fewer to a page than it was asked for."""
    pages = {0: (1, 2), 3: (4, 5), 6: (7,)}

    def answer(got: Got) -> Reply:
        start = int(got.path.partition("start=")[2].partition("&")[0])
        time.sleep(0 if start else 0.2)
        return Reply(body=things(*pages[start]))

    with organisation(answer) as (client, _), pytest.raises(ApiError, match="others follow"):
        crud.list_all(client, SILENT, expected=7)


def test_a_list_that_ends_before_what_its_first_page_told_is_whole_if_its_last_says_so() -> None:
    pages = {0: (1, 2, 3), 3: (4,), 6: (), 9: (), 12: ()}

    def answer(got: Got) -> Reply:
        start = int(got.path.partition("start=")[2].partition("&")[0])
        return Reply(body={**things(*pages[start]), "meta": {"total": 4 if start else 14}})

    with organisation(answer) as (client, _):
        assert [item.id for item in crud.list_all(client, PAGED)] == ["1", "2", "3", "4"]


@pytest.mark.parametrize("total", [10**12, -1, 1.5, "14", None, True])
def test_a_total_that_cannot_be_true_asks_for_nothing_more(total: object) -> None:
    pages = script(
        Reply(body={**things(1, 2, 3), "meta": {"total": total}}), Reply(body={**things(4), "meta": {}})
    )
    with organisation(pages) as (client, stub), suppress(ApiError):
        crud.list_all(client, PAGED)
    assert len(stub.got) <= 2 + 16


CURSORS = Kind("thing", rest("/things", items="data", pages=Pages("cursor", "at", "size", next="meta.next")))


@pytest.mark.parametrize("kind", [SILENT, CURSORS])
@pytest.mark.parametrize(
    ("bound", "reason"),
    [({"MOST_OBJECTS": 30}, "more than 30 objects"), ({"LONGEST_SECONDS": 0.0}, "did not end")],
)
def test_a_list_that_always_has_another_new_page_is_given_up(
    monkeypatch: pytest.MonkeyPatch, kind: Kind, bound: dict[str, float], reason: str
) -> None:
    for name, value in bound.items():
        monkeypatch.setattr(pagination, name, value)
    numbers = count()

    def another(_got: Got) -> Reply:
        page = things(next(numbers), next(numbers), next(numbers))
        return Reply(body={**page, "meta": {"next": str(next(numbers))}})

    with organisation(another) as (client, stub), pytest.raises(ApiError, match=reason):
        crud.list_all(client, kind)
    assert len(stub.got) <= 11

"""Faults ordered in words, as `ddconf sandbox start --fault` takes them."""

from __future__ import annotations

import pytest

from ddconf.emulator.fault_text import NAMED, order
from ddconf.emulator.faults import Faults
from ddconf.emulator.wire import Request


def struck(text: str, *requests: tuple[str, str]) -> list[str | None]:
    """The name of the fault that each request meets."""
    faults = Faults()
    order(faults, text)
    drawn = [faults.draw(Request(method, path)) for method, path in requests]
    return [fault.name if fault else None for fault in drawn]


def test_a_fault_strikes_the_next_request() -> None:
    assert struck("429", ("GET", "/a"), ("GET", "/a")) == ["429 before", None]


def test_a_fault_strikes_as_often_as_it_says() -> None:
    assert struck("503 x2", ("GET", "/a"), ("POST", "/b"), ("GET", "/a")) == ["503 before"] * 2 + [None]


def test_a_fault_waits_for_its_method_and_path() -> None:
    requests = ("GET", "/api/v1/monitor"), ("POST", "/api/v1/slo"), ("POST", "/api/v1/monitor")
    assert struck("lost POST /api/v1/monitor", *requests) == [None, None, "504 after"]


def test_a_share_strikes_about_so_many_requests_for_good() -> None:
    hits = [fault for fault in struck("reset 50%", *[("GET", "/a")] * 400) if fault]
    assert 100 < len(hits) < 300
    assert set(struck("slow 100%", *[("GET", "/a")] * 50)) == {"slow"}


@pytest.mark.parametrize("name", NAMED)
def test_every_named_fault_can_be_ordered(name: str) -> None:
    assert struck(name, ("PUT", "/a")) == [NAMED[name]().name]


@pytest.mark.parametrize("text", ["", "418", "lots", "429 twice", "429 x0", "429 get"])
def test_what_is_no_fault_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no "):
        order(Faults(), text)

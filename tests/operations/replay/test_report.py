"""Reports add up, in whatever parts and order, and stay small whatever names logs have."""

from __future__ import annotations

import json
import random
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ddconf.operations.replay.report import Example, ReplayReport, ReplayTally

_NAMES = st.sampled_from(["a", "b", "a.b", "long.name"])
_LINES = st.lists(
    st.tuples(st.sampled_from(["rule", "attribute"]), st.sampled_from(["lost", "kept"]), _NAMES), max_size=30
)


def report(lines: list[tuple[str, str, str]], first: int = 1, file: str = "f") -> ReplayReport:
    tally = ReplayTally()
    for number, finding in enumerate(lines, first):
        tally.logs += 1
        tally.count(finding, file, number, f"line {number}")
    return tally.report()


@given(_LINES, st.integers(1, 5), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_parts_in_any_order_add_up_to_the_whole(
    lines: list[tuple[str, str, str]], count: int, chance: random.Random
) -> None:
    cuts = sorted(chance.randint(0, len(lines)) for _ in range(count))
    ends = [0, *cuts, len(lines)]
    parts = [report(lines[begin:end], begin + 1) for begin, end in pairwise(ends)]
    chance.shuffle(parts)
    assert sum(parts, ReplayReport()) == report(lines)


@given(_LINES)
@settings(max_examples=30, deadline=None)
def test_a_report_is_the_same_after_a_file(lines: list[tuple[str, str, str]]) -> None:
    before = report(lines)
    assert ReplayReport.from_plain(json.loads(json.dumps(before.as_plain()))) == before


def test_findings_of_ever_new_names_do_not_fill_the_memory() -> None:
    tally = ReplayTally()
    for number in range(20_000):
        tally.count(("attribute", "vanishes", f"a{number}"), "f", number, "x" * 10_000)
    tally.count(("attribute", "appears", "a.very.long.name.that.stands.alone"), "f", 20_000, "x")
    found = tally.report()
    assert len(found.findings) == 1_001
    assert found.as_json()["uncounted"] == 19_000
    assert all(len(example.text) <= 2_000 for _, example in found.findings.values())
    assert ("attribute", "appears", "a.very.long.name.that.stands.alone") in found.findings


def test_names_beyond_the_limit_are_the_same_however_the_lines_are_cut() -> None:
    names = [f"id{number % 3_000}" for number in range(9_000)]
    random.Random(1).shuffle(names)
    lines = [("attribute", "vanishes", name) for name in names]
    for count in (2, 7):
        size = len(lines) // count + 1
        parts = [report(lines[at : at + size], at + 1) for at in range(0, len(lines), size)]
        assert sum(reversed(parts), ReplayReport()) == report(lines)


def test_the_example_is_the_first_line_whoever_found_it_first() -> None:
    finding = ("rule", "lost", "a")
    late, early = report([finding], 7, "b"), report([finding], 9, "a")
    assert (late + early).findings[finding] == (2, Example("a", 9, "line 9"))

"""Queries beside VRL's `match_datadog_query`, where pyVRL is installed: the same logs match.

VRL reimplements Datadog's search. Left out is what it does otherwise:

* an attribute without `@` is found in Datadog's tests (zscaler), not in VRL;
* lists match by element in Datadog's documentation, not in VRL;
* free text ignores case in Datadog's documentation, and two bare words are one phrase in VRL;
* a wildcard in free text stays within a word, as the index of messages is one of words; in VRL it does not;
* JSON's null counts as a value in VRL;
* comparisons and ranges look at every tag, whatever its key, in VRL, and at each bound for itself;
* the VRL that pyVRL has takes `a OR -b` as Lucene does, for `a AND NOT b`; newer VRL and Datadog's tests
  (zscaler) do not.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddconf.pipelines import Log, parse_query

pyvrl = pytest.importorskip("pyvrl", reason="pyVRL is not installed (pip install pyVRL)")

WORDS = st.sampled_from(["foo", "bar", "foobar", "fob", "o"])
NUMBERS = st.integers(-3, 12).map(str) | st.sampled_from(["0.5", "5.5", "400"])
TEXTS = WORDS | NUMBERS
FIELDS = st.sampled_from(["@a", "@b.c", "t", "host", "service"])
NAMED = FIELDS | st.just("")
ATTRIBUTES = ("a", "b.c")


def value(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    ends = NUMBERS.filter(lambda text: "-" not in text) | st.just("*")
    ranges = st.tuples(ends, ends).flatmap(
        lambda pair: st.sampled_from([f"[{pair[0]} TO {pair[1]}]", f"{{{pair[0]} TO {pair[1]}}}"])
    )
    wildcards = st.tuples(WORDS, WORDS).flatmap(
        lambda pair: st.sampled_from([f"{pair[0]}*", f"*{pair[1]}", f"{pair[0][0]}*{pair[1][-1]}"])
    )
    plain = texts.filter(lambda text: not text.startswith("-"))
    return plain | plain.map(lambda text: f'"{text}"') | wildcards | ranges


def compared(field: str) -> st.SearchStrategy[str]:
    comparisons = st.tuples(st.sampled_from([">", ">=", "<", "<="]), NUMBERS).map("".join)
    return (value(TEXTS) | comparisons.filter(lambda text: "-" not in text)).map(
        lambda text: f"{field}:{text}"
    )


TERM = (
    FIELDS.flatmap(compared)
    | value(WORDS)
    | FIELDS.map(lambda field: f"{field}:*")
    | st.tuples(st.sampled_from(["_exists_", "_missing_"]), FIELDS).map(":".join)
    | st.tuples(FIELDS, WORDS, WORDS).map(lambda parts: f"{parts[0]}:({parts[1]} OR {parts[2]})")
)
QUERY = st.recursive(
    TERM | TERM.map(lambda term: f"(-{term})") | TERM.map(lambda term: f"(NOT {term})"),
    lambda inner: st.tuples(inner, st.sampled_from([" AND ", " OR "]), inner).map(
        lambda parts: f"({''.join(parts)})"
    ),
    max_leaves=4,
)
EVENT = st.fixed_dictionaries(
    {"message": TEXTS},
    optional={
        "a": TEXTS | st.integers(-3, 12) | st.booleans() | st.sampled_from([0.5, 5.5]),
        "b.c": TEXTS | st.integers(-3, 12),
        "tags": st.sampled_from([["t"], ["u"]]) | TEXTS.map(lambda text: [f"t:{text}"]),
        "host": WORDS,
        "service": WORDS,
    },
)


def vrl(query: str, event: dict[str, Any]) -> bool:
    custom = {"a": event["a"]} if "a" in event else {}
    custom |= {"b": {"c": event["b.c"]}} if "b.c" in event else {}
    rest = {name: item for name, item in event.items() if name not in ATTRIBUTES}
    program = f". = match_datadog_query(., {json.dumps(query)})"
    return bool(pyvrl.Transform(program).remap({**rest, "custom": custom}))


@settings(max_examples=200)
@given(QUERY, EVENT)
def test_a_query_finds_what_it_finds_in_vrl(query: str, event: dict[str, Any]) -> None:
    attributes = {name: event[name] for name in ATTRIBUTES if name in event}
    official = {name: event[name] for name in ("host", "service") if name in event}
    log = Log(event["message"], attributes, tuple(event.get("tags", ())), **official)
    assert parse_query(query).matches(log) == vrl(query, event)

"""Strategies for documents, kinds and addresses, and how hard laws are tried (DDCONF_EXAMPLES)."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from ddconf.address import Address
from ddconf.document import JSON
from ddconf.kind import Kind

law = settings(
    max_examples=int(os.environ.get("DDCONF_EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)

KEYS = st.sampled_from(["a", "b", "c", "id", "name", "tags", "secret", "a.b", "", "*", "é"])
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([0.0, -0.0, 1.0, 1.5, 1e300]),
    st.sampled_from(["", "x", "1", " x ", "x\ny", "${monitor.x}"]),
)
VALUES: st.SearchStrategy[JSON] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, max_size=5)

_STEPS = st.sampled_from(["a", "b", "c", "id", "name", "tags", "[*]", "a.b"])
PATTERNS = st.lists(_STEPS, min_size=1, max_size=3).map(
    lambda steps: "".join(step if step == "[*]" else f".{step}" for step in steps).removeprefix(".")
)
_PATTERN_TUPLES = st.lists(PATTERNS, max_size=2).map(tuple)
KINDS = st.builds(
    Kind,
    name=st.just("thing"),
    api=st.none(),
    read_only=_PATTERN_TUPLES,
    defaults=st.dictionaries(PATTERNS, VALUES, max_size=2),
    unordered=_PATTERN_TUPLES,
    secrets=_PATTERN_TUPLES,
)
ADDRESSES = st.builds(
    Address,
    st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True),
    st.from_regex(r"[a-z0-9][a-z0-9_-]{0,8}(\[[A-Za-z0-9_.:/@-]{1,8}\])?", fullmatch=True),
)

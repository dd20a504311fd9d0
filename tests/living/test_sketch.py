"""Sketches: within one per cent, and the same whether values come at once or in parts."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from ddconf.living.sketch import Sketch, key_of, value_of

VALUES = st.lists(st.floats(-1e9, 1e9).map(lambda value: round(value, 3)), min_size=1, max_size=50)


@given(VALUES, VALUES)
def test_the_sum_of_sketches_is_the_sketch_of_all(left: list[float], right: list[float]) -> None:
    both = Sketch.of(left) + Sketch.of(right)
    whole = Sketch.of(left + right)
    assert (both.count, both.minimum, both.maximum, both.bins) == (
        whole.count,
        whole.minimum,
        whole.maximum,
        whole.bins,
    )
    assert math.isclose(both.sum, whole.sum, rel_tol=1e-9, abs_tol=1e-3)


@given(VALUES)
def test_a_sketch_is_read_back_as_it_was_written(values: list[float]) -> None:
    assert Sketch.from_text(Sketch.of(values).as_text()) == Sketch.of(values)


@given(st.floats(1e-6, 1e12))
def test_a_bin_is_within_one_per_cent(value: float) -> None:
    assert math.isclose(value_of(key_of(value)), value, rel_tol=0.01)
    assert value_of(key_of(-value)) == -value_of(key_of(value))


@given(VALUES)
def test_quantiles_rise_and_stay_within_what_was_seen(values: list[float]) -> None:
    sketch = Sketch.of(values)
    found = [sketch.quantile(share / 10) for share in range(11)]
    assert found == sorted(found)
    assert (found[0], found[-1]) == (min(values), max(values))


def test_quantiles_of_a_hundred_values() -> None:
    sketch = Sketch.of(range(1, 101))
    for share, exact in ((0.5, 50), (0.9, 90), (0.99, 99)):
        assert math.isclose(sketch.quantile(share), exact, rel_tol=0.03)

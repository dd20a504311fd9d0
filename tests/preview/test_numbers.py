"""Numbers as people read them."""

from __future__ import annotations

import pytest

from ddconf.preview.colors import palette_of
from ddconf.preview.numbers import PLAIN, Unit, exact, shown, unit_of


def unit(name: str, per: str | None = None) -> Unit:
    return unit_of({"number_format": {"unit": {"unit_name": name, "per_unit_name": per}}})


@pytest.mark.parametrize(
    ("number", "of", "precision", "text"),
    [
        (None, PLAIN, None, "–"),
        (0, PLAIN, 0, "0"),
        (3085, PLAIN, None, "3.08 k"),
        (1_358_168, PLAIN, 1, "1.4 M"),
        (-2500, PLAIN, None, "-2.5 k"),
        (0.3116, PLAIN, 2, "0.31"),
        (1_363_237_696, unit("byte"), 1, "1.3 GiB"),
        (1023, unit("byte"), None, "1,023 B"),
        (36_490_000, unit("bit", "second"), None, "36.49 Mb/s"),
        (5_000_000_000, unit("nanosecond"), None, "5 s"),
        (90, unit("millisecond"), None, "90 ms"),
        (12.5, unit("percent"), None, "12.5%"),
        (12, unit_of({}, "req"), None, "12 req"),
        (7, unit("packet"), None, "7"),
        (2048, unit_of({}, measure="byte"), None, "2 KiB"),
    ],
)
def test_a_number_is_scaled_with_its_unit(
    number: float | None, of: Unit, precision: int | None, text: str
) -> None:
    assert shown(number, of, precision) == text


def test_a_number_in_full_has_all_its_digits() -> None:
    assert [exact(number) for number in (1_363_237_696, 0.5, 1 / 3, 2.0, None)] == [
        "1,363,237,696",
        "0.5",
        "0.3333",
        "2",
        "–",
    ]


def test_the_first_format_that_holds_gives_the_colour() -> None:
    formats = [
        {"comparator": ">=", "value": 10, "palette": "white_on_red"},
        {"comparator": ">=", "value": "3", "palette": "white on_yellow"},
        {"comparator": "~", "value": 0, "palette": "x"},
        {"comparator": "<", "value": "many", "palette": "x"},
    ]
    assert [palette_of(number, formats) for number in (12, 5, 1, None)] == [
        "white_on_red",
        "whiteon_yellow",
        None,
        None,
    ]

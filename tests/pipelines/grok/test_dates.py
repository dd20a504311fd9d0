"""The date matcher: Joda letters, zones, locales, and what a text leaves out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.pipelines.grok import GrokError, compile_grok


def read(arguments: str, text: str, year: int = 2024) -> int | None:
    """Milliseconds, None where the text has the wrong shape; a failed conversion raises KeyError."""
    grok = compile_grok(f"rule %{{date({arguments}):d}}", now=lambda: datetime(year, 6, 1, tzinfo=UTC))
    attributes = grok.parse(text)
    return None if attributes is None else attributes["d"]


def utc(*parts: int, ms: int = 0) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp()) * 1000 + ms  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("arguments", "text", "result"),
    [
        ("\"yyyy-MM-dd'T'HH:mm:ss.SSSZ\"", "2016-09-02T15:02:29.648Z", utc(2016, 9, 2, 15, 2, 29, ms=648)),
        (
            "\"yyyy-MM-dd'T'HH:mm:ss.SSSZ\"",
            "2016-09-02T15:02:29.648-03:00",
            utc(2016, 9, 2, 18, 2, 29, ms=648),
        ),
        ('"yyyy-MM-dd HH:mm:ss ZZ"', "2016-09-02 15:02:29 +0530", utc(2016, 9, 2, 9, 32, 29)),
        ('"yyyy-MM-dd HH:mm:ss ZZZ"', "2016-09-02 15:02:29 Asia/Kolkata", utc(2016, 9, 2, 9, 32, 29)),
        (
            '"M/d/yy HH:mm:ss,SSSSSSSSS z"',
            "11/6/18 19:40:59,123999999 GMT",
            utc(2018, 11, 6, 19, 40, 59, ms=123),
        ),
        ('"yyMMdd HH:mm:ss"', "171113 14:14:20", utc(2017, 11, 13, 14, 14, 20)),
        ('"ddMMyy HH.mm.ss,S"', "261119 13.03.21,5", utc(2019, 11, 26, 13, 3, 21, ms=500)),
        ('"dd-MM-yy"', "01-02-69", utc(1969, 2, 1)),
        ('"dd-MM-yy"', "01-02-68", utc(2068, 2, 1)),
        ('"d/MMM/y"', "6/mar/2013", utc(2013, 3, 6)),
        ('"MMMM d, yyyy h:mm a"', "September 5, 2020 12:07 am", utc(2020, 9, 5, 0, 7)),
        ('"EEEE hh a dd.MM.yyyy"', "Nonday 12 PM 05.09.2020", utc(2020, 9, 5, 12)),
        ('"yyyy-DDD k:mm"', "2021-032 24:30", utc(2021, 2, 1, 0, 30)),
        ("\"xxxx-'W'ww-e\"", "2020-W53-5", utc(2021, 1, 1)),
        ('"KK:mm a"', "00:30 PM", utc(1970, 1, 1, 12, 30)),
        ("\"yyyy'x''y'MM\"", "2020x'y07", utc(2020, 7, 1)),
        ('"yyyy-MM-dd HH:mm z"', "2007-08-31 19:22 CET", utc(2007, 8, 31, 17, 22)),
        ('"yyyy-MM-dd HH:mm z"', "2007-08-31 19:22 ADT", utc(2007, 8, 31, 22, 22)),
        ('"yyyy-MM-dd HH:mm zzzz"', "2007-08-31 19:22 America/New_York", utc(2007, 8, 31, 23, 22)),
    ],
)
def test_a_text_in_the_format_becomes_milliseconds(arguments: str, text: str, result: int) -> None:
    assert read(arguments, text) == result


@pytest.mark.parametrize(
    ("zone", "hours"),
    [
        *(
            ("GMT", 0),
            ("UTC", 0),
            ("Z", 0),
            ("UT", 0),
            ("+3", 3),
            ("+03", 3),
            ("-0330", -3.5),
            ("+05:30", 5.5),
        ),
        *(
            ("+18:00", 18),
            ("UTC+3", 3),
            ("GMT-03:00", -3),
            ("+01:00:36", 1.01),
            ("Europe/Moscow", 3),
            ("EST", -5),
        ),
    ],
)
def test_the_zone_argument_counts_where_the_text_has_none(zone: str, hours: float) -> None:
    assert read(f'"yyyy-MM-dd HH", "{zone}"', "2016-06-16 08") == utc(2016, 6, 16, 8) - hours * 3_600_000
    assert read(f'"yyyy-MM-dd HH Z", "{zone}"', "2016-06-16 08 +0000") == utc(2016, 6, 16, 8)


def test_a_zone_of_the_database_knows_summer_time() -> None:
    assert read('"yyyy-MM-dd", "Europe/Paris"', "2024-01-01") == utc(2023, 12, 31, 23)
    assert read('"yyyy-MM-dd", "Europe/Paris"', "2024-07-01") == utc(2024, 6, 30, 22)


def test_a_missing_year_is_the_one_that_brings_the_date_nearest_to_the_clock() -> None:
    at = datetime(2024, 1, 1, tzinfo=UTC)
    grok = compile_grok('rule %{date("MMM d HH:mm"):d}', now=lambda: at)
    assert grok.parse("Dec 31 23:59") == {"d": utc(2023, 12, 31, 23, 59)}
    assert grok.parse("Jan 2 00:00") == {"d": utc(2024, 1, 2)}
    at = datetime(2024, 12, 31, tzinfo=UTC)
    assert grok.parse("Jan 2 00:00") == {"d": utc(2025, 1, 2)}
    at = datetime(2023, 6, 1, tzinfo=UTC)
    assert grok.parse("Feb 29 00:00") == {"d": utc(2024, 2, 29)}
    at = datetime(2022, 6, 1, tzinfo=UTC)
    assert grok.parse("Feb 29 00:00") == {}


def test_a_missing_year_is_this_year_in_the_middle_of_it() -> None:
    assert read('"MMM dd HH:mm:ss"', "Mar 13 17:42:44", 1971) == 37734164000
    assert read('"d/M HH:mm:ss"', "17/5 12:13:14", 2024) == utc(2024, 5, 17, 12, 13, 14)


def test_a_clock_that_moves_on_is_followed() -> None:
    year = 2023
    grok = compile_grok('rule %{date("MMM dd"):d}', now=lambda: datetime(year, 1, 1, tzinfo=UTC))
    assert grok.parse("Mar 01") == {"d": utc(2023, 3, 1)}
    year = 2024
    assert grok.parse("Mar 01") == {"d": utc(2024, 3, 1)}


def test_a_time_alone_counts_from_midnight() -> None:
    assert read('"HH:mm:ss"', "14:20:15") == 51615000
    assert read('"hh:mm:ss a"', "02:20:15 PM") == 51615000


@pytest.mark.parametrize("text", ["Jun  6 08:29:03 2016", "Jun 06 8:29:03 2016", "June 06 08:29:03 2016"])
def test_two_letters_take_exactly_two_digits(text: str) -> None:
    assert read('"MMM dd HH:mm:ss yyyy"', text) is None


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ('"yyyy-MM-dd"', "2021-13-01"),
        ('"yyyy-MM-dd"', "2021-02-29"),
        ('"HH:mm:ss"', "24:00:00"),
        ('"HH:mm:ss"', "23:59:60"),
        ('"hh:mm a"', "13:00 PM"),
        ('"MMM dd"', "Foo 01"),
        ('"yyyy z"', "2020 XYZ"),
        ('"yyyy-DDD"', "2021-366"),
        ('"yyyy"', "0000"),
    ],
)
def test_the_right_shape_that_is_no_date_is_a_failed_filter(arguments: str, text: str) -> None:
    match = compile_grok(f"rule %{{date({arguments}):d}}").match(text)
    assert match is not None
    assert match.attributes == {}
    assert [(failed.path, failed.text) for failed in match.failed_filters] == [("d", text)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ('"ABC:XYZ"', "'A' in 'ABC:XYZ' is not a date letter"),
        ('"yyyy-MM-ddTHH"', "'T' in"),
        ('"yyyy \'"', "not closed"),
        ('"--"', "no date letter"),
        ('"yyyy", "Mars/Base"', "time zone 'Mars/Base' is unknown"),
        ('"yyyy", "+19"', "time zone '+19' is unknown"),
        ('"yyyy", "UTC", "tlh"', "locale 'tlh' is unknown"),
        ('"SSSSSSSSSS"', "more than 9 digits"),
        ("", "no arguments given"),
        ("1", "1 is not text in quotes"),
    ],
)
def test_a_wrong_argument_is_refused(arguments: str, message: str) -> None:
    with pytest.raises(GrokError, match="matcher 'date'") as caught:
        read(arguments, "")
    assert message in str(caught.value)


def test_a_locale_has_its_own_names() -> None:
    assert read('"dd MMM yyyy", "UTC", "fr"', "14 févr. 2020") == utc(2020, 2, 14)
    assert read('"EEEE, d. MMMM yyyy", "UTC", "de-DE"', "Samstag, 7. März 2020") == utc(2020, 3, 7)
    assert read('"dd/MMM/yyyy", "UTC", "en_US"', "06/Mar/2013") == utc(2013, 3, 6)
    assert read('"d MMM yyyy", "UTC", "en-GB"', "7 Sept 2020") == utc(2020, 9, 7)
    assert read('"d MMM yyyy", "UTC", "nl"', "7 mrt. 2020") == utc(2020, 3, 7)
    assert read('"dd.MMM.yyyy", "UTC", "de"', "07.Mrz.2020") == utc(2020, 3, 7)


@given(st.datetimes(datetime(1901, 1, 1), datetime(2100, 1, 1)), st.sampled_from(["", ".SSS", ",SSSSSS"]))
def test_a_printed_date_reads_back(moment: datetime, fraction: str) -> None:
    digits = f"{moment.microsecond:06}"[: fraction.count("S")]
    text = f"{moment:%Y-%m-%d %H:%M:%S}{fraction[:1]}{digits} +02:30"
    expected = utc(*moment.timetuple()[:6], ms=int((digits + "000")[:3])) - 9_000_000
    assert read(f'"yyyy-MM-dd HH:mm:ss{fraction} Z"', text) == expected

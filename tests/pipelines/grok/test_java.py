"""Java regex syntax: what it means here, and what is refused."""

from __future__ import annotations

import shutil

import pytest

from ddconf.pipelines.grok import GrokError, compile_grok
from ddconf.pipelines.grok.grok import grok_of
from ddconf.pipelines.grok.rules import GrokRule
from tests.fuzz.java import Java, check


def matches(pattern: str, text: str) -> bool:
    return grok_of([GrokRule("rule", pattern)]).match(text) is not None


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        (r"\Qa.b\E+", "a.bb", "axb"),
        (r"\h+\R", " \t\u00a0\r\n", "\n"),
        (r"\p{Alpha}\p{Punct}\P{Digit}", "a!b", "1!b"),
        (r"\p{Lu}\pL", "Éa", "éa"),
        (r"[\p{IsAlphabetic}]+", "éß", "1"),
        (r"\x41\u0042\x{43}\0104", "ABCD", "ABCE"),
        (r"[a[bc]]+", "abc", "d"),
        (r"[a-z&&[^aeiou]]+", "xyz", "xay"),
        (r"[^a-c&&[^x]]+", "xd", "a"),
        (r"[\w&&\D]+", "ab_", "a1"),
        (r"[]a]+", "]a", "b"),
        (r"[^]]*?x", "abx", "a]x"),
        (r"[a\-z.]+", "a-z.", "b"),
        (r"[\Q]-\E]+", "]-", "a"),
        (r"a{2}b{1,}c{0,2}", "aabbcc", "abc"),
        (r"{a}", "{a}", "a"),
        (r"a++a|b", "b", "aaa"),
        (r"(?>a+)b", "aab", "aa"),
        (r"(\w)\1", "aa", "ab"),
        (r"(?<l>\w)\k<l>", "aa", "ab"),
        (r"(?<=\s|^)a", "a", "b"),
        (r"a(?!b)\w", "ac", "ab"),
        (r"(?i)abc", "ABC", "ABD"),
        (r"(?i:a)b", "Ab", "AB"),
        (r"a(?i)b|c", "C", "A"),
        (r"(a(?i)b)c", "aBc", "aBC"),
        (r"(?-s).+", "ab", "a\nb"),
        (r"(?-s).(?s).", "a\n", "\na"),
        (r"(?m)a$\n^b", "a\nb", "ab"),
        (r"\Aa\z", "a", "b"),
        (r"\<\#\:\/\]", "<#:/]", "#"),
        (r"a\.b", "a.b", "axb"),
    ],
)
def test_a_construct_means_what_it_means_in_java(pattern: str, matching: str, other: str) -> None:
    assert matches(pattern, matching)
    assert not matches(pattern, other)


@pytest.mark.parametrize("pattern", [r"\w", r"\d", r"\p{Alpha}"])
def test_classes_are_ascii(pattern: str) -> None:
    assert not matches(pattern, "é")
    assert not matches(pattern, "٣")


def test_a_blank_is_not_an_information_separator() -> None:
    assert not matches(r"\s", "\x1d")
    assert matches(r"\S", "\x1d")


@pytest.mark.parametrize(
    ("pattern", "column", "length", "message"),
    [
        ("a(b", 4, 1, "this group is not closed"),
        ("ab)c", 5, 1, "closes nothing"),
        ("a[b", 4, 2, "this class is not closed"),
        ("*a", 3, 1, "nothing stands before '*'"),
        ("a**", 3, 3, "one quantifier follows another"),
        ("a{3,1}", 4, 5, "runs backwards"),
        ("a{9999999}", 4, 9, "more than 65535 repetitions"),
        ("[z-a]", 4, 3, "runs backwards"),
        (r"[.-\w]", 4, 4, "is not a range of characters"),
        ("(?<a>(?<a>x))", 8, 5, "two groups have the name 'a'"),
        (r"a\y", 4, 2, r"'\y' means nothing"),
        (r"\p{Foo}", 3, 7, "unknown character property 'Foo'"),
        (r"\1(a)", 3, 2, "refers to no group before it"),
        (r"(?<a>x)(?<a>y)", 10, 5, "two groups have the name 'a'"),
        (r"(?x)a", 3, 4, "flag 'x' is not supported"),
        (r"(?P<a>x)", 3, 3, "begins no group"),
        ("a\\", 4, 1, "single backslash"),
        ("[a&&]", 3, 5, "this class is not closed"),
        ("(" * 100, 63, 1, "nested too deeply"),
    ],
)
def test_what_java_does_not_know_is_refused_at_its_place(
    pattern: str, column: int, length: int, message: str
) -> None:
    with pytest.raises(GrokError) as caught:
        compile_grok(f"r {pattern}")
    (mistake,) = caught.value.mistakes
    assert message in mistake.message
    assert (mistake.column, mistake.length) == (column, length)


def test_a_mistake_in_a_regex_argument_is_refused_at_the_matcher() -> None:
    with pytest.raises(GrokError, match=r"matcher 'regex': this group is not closed"):
        compile_grok('r %{regex("(a"):x}')


@pytest.mark.skipif(shutil.which("java") is None, reason="no java is installed")
def test_random_patterns_match_as_java_matches_them() -> None:
    with Java() as java:
        assert sum(check(java, seed) for seed in range(400)) > 350

"""Upper-case names of classic grok patterns, which some rules use; their text is stored as it is."""

from __future__ import annotations

from collections.abc import Callable

from ddconf.pipelines.grok import patterns
from ddconf.pipelines.grok.registry import MatcherDefinition, matcher, pattern_tree

_CLASSIC = (
    ("DATA", patterns.DATA, "a b"),
    ("GREEDYDATA", patterns.GREEDY_DATA, "a b"),
    ("WORD", patterns.WORD, "word"),
    ("NOTSPACE", patterns.NOT_SPACE, "a-b"),
    ("SPACE", r"\s*", " "),
    ("INT", patterns.INTEGER, "-1"),
    ("POSINT", r"\b[1-9]\d*\b", "200"),
    ("NONNEGINT", r"\b\d+\b", "0"),
    ("NUMBER", patterns.NUMBER, "1.5"),
    ("USER", r"[\w.-]+", "jane.doe"),
    ("USERNAME", r"[\w.-]+", "jane.doe"),
    ("IP", patterns.IP, "10.0.0.1"),
    ("HOSTNAME", patterns.HOSTNAME, "example.com"),
    ("IPORHOST", f"{patterns.IP}|{patterns.HOSTNAME}", "example.com"),
    ("QUOTEDSTRING", f"{patterns.DOUBLE_QUOTED}|{patterns.SINGLE_QUOTED}", '"a b"'),
    ("LOGLEVEL", patterns.LOG_LEVEL, "warning"),
    ("TIMESTAMP_ISO8601", patterns.TIMESTAMP_ISO8601, "2020-10-02T23:22:12.223222Z"),
)


def _meaning(name: str, pattern: str) -> Callable[[], MatcherDefinition]:
    def make() -> MatcherDefinition:
        return MatcherDefinition(pattern_tree(pattern))

    make.__doc__ = f"the classic pattern {name}"
    return make


for _name, _pattern, _text in _CLASSIC:
    matcher(_name, (f"%{{{_name}:x}}", _text, {"x": _text}))(_meaning(_name, _pattern))

"""The search over monitors, as widgets of monitors have it: `status:alert team:web`.

https://docs.datadoghq.com/monitors/manage/search/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddconf.pipelines.query import QueryError
from ddconf.queries.problem import QueryMistake
from ddconf.queries.reader import did_you_mean

STATES = ("alert", "warn", "no data", "ok", "ignored", "skipped", "unknown")
_STATUS = re.compile(r"(?<![\w.])(?:status|group_status):(?:\"([^\"]*)\"|\(([^)]*)\)|([^\s()]+))")
_WORD = re.compile(r"\"([^\"]*)\"|([^\s\"]+)")


def search_mistakes(text: str) -> Iterator[QueryError]:
    """States that no monitor can have."""
    for found in _STATUS.finditer(text):
        for value, span in _values(found):
            if value.lower() not in STATES and value.lower() != "nodata" and "$" not in value:
                hint = did_you_mean(value.lower(), STATES) or ", ".join(STATES)
                yield QueryMistake(text, span, f"{value!r} is not a status of monitors", hint)


def _values(found: re.Match[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    if found[2] is None:
        group = 1 if found[1] is not None else 3
        yield found[group], found.span(group)
        return
    for word in _WORD.finditer(found[2]):
        value = word[1] if word[1] is not None else word[2]
        if value not in ("OR", "AND"):
            start = found.start(2) + word.start()
            yield value, (start, start + len(word[0]))

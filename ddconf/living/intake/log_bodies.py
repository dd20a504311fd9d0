"""The body of a request that carries logs -> its entries: JSON objects, or lines of text.

https://docs.datadoghq.com/api/latest/logs/#send-logs
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddconf.document import Document
from ddconf.emulator.wire import texts
from ddconf.pipelines import json_text
from ddconf.pipelines.attributes import text_of

Entry = Document | str

_COUNTED = re.compile(rb"(?P<length>\d{1,7}) (?=<\d{1,3}>)")


def read_entries(body: bytes, content_type: str) -> list[Entry]:
    """Every log of a body. Raises a Refusal (400) for JSON that is broken.

    An empty object is not a log: the Agent sends one to see whether the connection stands.
    """
    text = body.decode("utf-8", "replace").strip("\ufeff \t\r\n\0")
    return [entry for entry in _entries(text, content_type.lower()) if entry not in ({}, "")]


def _entries(text: str, content_type: str) -> Iterator[Entry]:
    if text.startswith(("[", "{")):
        try:
            value = json_text.read(text)
        except (ValueError, RecursionError):
            if "json" in content_type and "ndjson" not in content_type:
                raise texts(400, "Payload is not in the expected format: invalid JSON") from None
        else:
            for item in value if isinstance(value, list) else [value]:
                yield item if isinstance(item, dict) else text_of(item)
            return
    # syslog-ng and rsyslog, set up as Datadog documents it, send a line of syslog and call it JSON.
    for line in _counted(text) if _COUNTED.match(text[:20].encode()) else text.splitlines():
        yield _line(line.strip())


def _line(line: str) -> Entry:
    """A line that is a JSON object is a log of its own: the browser's logs come so."""
    if not line.startswith("{"):
        return line
    try:
        value = json_text.read(line)
    except (ValueError, RecursionError):
        return line
    return value if isinstance(value, dict) else line


def _counted(text: str) -> Iterator[str]:
    """Syslog frames with their length before them, as Heroku's logplex sends. RFC 6587, section 3.4.1."""
    data = text.encode()
    while counted := _COUNTED.match(data):
        end = counted.end() + int(counted["length"])
        yield data[counted.end() : end].decode("utf-8", "replace")
        data = data[end:].lstrip()
    yield from data.decode("utf-8", "replace").splitlines()

"""A line of syslog as RFC 5424 has it -> what a log gets from it.

An older line (RFC 3164) stays a text: its date and host are read by pipelines.
"""

from __future__ import annotations

import re

from ddconf.document import Document

_LINE = re.compile(
    r"<(?P<prival>\d{1,3})>(?P<version>[1-9]\d?) (?P<timestamp>\S+) (?P<hostname>\S+) (?P<appname>\S+) "
    r"(?P<procid>\S+) (?P<msgid>\S+) "
    r"(?P<data>-|(?:\[(?:[^\]\"]|\"(?:[^\"\\]|\\.)*\")*\])+)(?: (?P<message>.*))?",
    re.DOTALL,
)
_ELEMENT = re.compile(r"\[(?P<id>[^ \]]+)(?P<parameters>(?:[^\]\"]|\"(?:[^\"\\]|\\.)*\")*)\]")
_PARAMETER = re.compile(r"(?P<name>[^ =\]\"]+)=\"(?P<value>(?:[^\"\\]|\\.)*)\"")
_HEADER = ("timestamp", "hostname", "appname", "procid", "msgid")
_OURS = ("ddsource", "ddtags")


def read_syslog(line: str) -> Document | None:
    """The line as an event; None for what is no such line.

    `ddsource` and `ddtags` of the structured data are the log's own, whatever element they stand in.
    """
    found = _LINE.fullmatch(line)
    if not found:
        return None
    priority = int(found["prival"])
    syslog: Document = {name: found[name] for name in _HEADER if found[name] != "-"}
    syslog |= {"prival": priority, "facility": priority >> 3, "severity": priority & 7}
    syslog["version"] = int(found["version"])
    event: Document = {"message": (found["message"] or "").removeprefix("\ufeff"), "syslog": syslog}
    for element in _ELEMENT.finditer(found["data"]):
        values = {
            item["name"]: re.sub(r"\\([\"\\\]])", r"\1", item["value"])
            for item in _PARAMETER.finditer(element["parameters"])
        }
        event |= {name: values.pop(name) for name in _OURS if name in values}
        if values:
            syslog.setdefault("structured_data", {})[element["id"]] = values
    return event

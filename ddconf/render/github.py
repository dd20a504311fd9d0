"""Diagnostics as GitHub's workflow commands, which put them beside the lines of a pull request.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections.abc import Sequence

from ddconf.errors import Diagnostic, Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """A line each: `::error file=a.yaml,line=3,col=5,endColumn=9,title=rule::message`."""
    return "\n".join(_line(item) for item in diagnostics)


def _line(item: Diagnostic) -> str:
    properties = {}
    if source := item.source:
        properties = {"file": source.file, "line": source.line, "col": source.column}
        properties["endColumn"] = source.column + item.length
    if item.rule:
        properties["title"] = item.rule
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    text = item.message + (f" ({item.hint})" if item.hint else "")
    return f"::{_COMMANDS[item.severity]}{' ' if listed else ''}{listed}::{_escaped(text)}"


def _escaped(text: str) -> str:
    text = text.encode("utf-8", "replace").decode()  # the name of a file need not be UTF-8
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")

"""Diagnostics as JSON: one list, each with rule, severity, place, message and hint."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ddconf.errors import Diagnostic


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """`[{"rule", "severity", "message", "hint", "address", "file", "line", "column", "length"}]`."""
    return json.dumps([_item(item) for item in diagnostics], indent=1, ensure_ascii=False)


def _item(item: Diagnostic) -> dict[str, Any]:
    source = item.source
    return {
        "rule": item.rule,
        "severity": item.severity.value,
        "message": item.message,
        "hint": item.hint,
        "address": item.address,
        "file": source.file if source else None,
        "line": source.line if source else None,
        "column": source.column if source else None,
        "length": item.length,
    }

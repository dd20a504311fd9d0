"""Diagnostics as SARIF 2.1.0, which code hosts and editors read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ddconf.errors import Diagnostic

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(diagnostics: Sequence[Diagnostic], rules: Mapping[str, str], version: str) -> str:
    """One run of ddconf; `rules` are names with their descriptions."""
    driver = {
        "name": "ddconf",
        "version": version,
        "rules": [{"id": name, "shortDescription": {"text": text}} for name, text in rules.items()],
    }
    run = {"tool": {"driver": driver}, "results": [_result(item) for item in diagnostics]}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1, ensure_ascii=False)


def _result(item: Diagnostic) -> dict[str, Any]:
    text = item.message + (f" ({item.hint})" if item.hint else "")
    result: dict[str, Any] = {"level": item.severity.value, "message": {"text": text}}
    if item.rule:
        result["ruleId"] = item.rule
    if source := item.source:
        region = {
            "startLine": source.line,
            "startColumn": source.column,
            "endColumn": source.column + item.length,
        }
        location: dict[str, Any] = {"artifactLocation": {"uri": _uri(source.file)}, "region": region}
        result["locations"] = [{"physicalLocation": location}]
    if item.address:
        result.setdefault("locations", [{}])[0]["logicalLocations"] = [{"fullyQualifiedName": item.address}]
    return result


def _uri(file: str) -> str:
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))

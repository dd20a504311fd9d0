"""What Datadog documents of an operation: the status of success and the style of errors."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("operations.json")


@cache
def _operations() -> dict[str, tuple[int, bool]]:
    return {name: (status, objects) for name, (status, objects) in json.loads(_FILE.read_bytes()).items()}


def documented_status(method: str, path: str) -> int:
    """The status of success; 200 where nothing else is documented."""
    return _operations().get(f"{method} {blank(path)}", (200, False))[0]


def documented_style(path: str) -> str:
    """The style of a collection's errors: objects where any of its operations documents JSON:API's."""
    here = blank(path)
    found = [
        facts for name, facts in _operations().items() if name.partition(" ")[2] in (here, f"{here}/{{}}")
    ]
    return "status title detail" if any(objects for _, objects in found) else "texts"


def blank(path: str) -> str:
    """A path template whatever its fields are called."""
    return re.sub(r"\{\w+\}", "{}", path)

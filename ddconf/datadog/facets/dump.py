"""Log facets from a saved file: the answer of the web interface's facet list, as the browser shows it."""

from __future__ import annotations

import json
from pathlib import Path

from ddconf.document import get, parse_path
from ddconf.errors import DdconfError
from ddconf.kind import Kind, Live


def read_facets(kind: Kind, path: Path) -> list[Live]:
    """Every facet of a dump; raises DdconfError."""
    if kind.api is None:
        raise DdconfError(f"{kind.name} has no list whose answer could be saved")
    call = kind.api.list
    hint = f"save the answer to GET {call.path if call else ''} from the browser's developer tools"
    try:
        answer = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DdconfError(f"cannot read {path}: {error.strerror}; {hint}") from None
    except (ValueError, RecursionError):
        raise DdconfError(f"{path} is not valid JSON; {hint}") from None
    items = get(answer, parse_path(str(kind.api.items)))
    if not isinstance(items, list) or not all(isinstance(item, dict) and item.get(kind.id) for item in items):
        raise DdconfError(f"{path} is not a saved list: nothing with ids at {kind.api.items}; {hint}")
    return [Live(kind.name, str(item[kind.id]), item) for item in items]

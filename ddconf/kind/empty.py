"""An empty table that may be the default of a field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class _Nothing(dict[str, Any]):
    """An empty table; hashable, as dataclasses demand of a default."""

    __hash__ = object.__hash__  # type: ignore[assignment]


NONE: Mapping[str, Any] = _Nothing()

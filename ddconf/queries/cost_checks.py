"""What monitors of costs may compare.

https://docs.datadoghq.com/cloud_cost_management/monitors/
"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.pipelines.query import QueryError
from ddconf.queries.monitors import FormulaAlert
from ddconf.queries.problem import QueryMistake

_COMPARATORS = {"change": (">", "<"), "anomaly": (">=", ">"), "forecast": (">",)}


def cost_mistakes(text: str, query: FormulaAlert) -> Iterator[QueryError]:
    """Comparators that a change, an anomaly or a forecast does not have."""
    for name, allowed in _COMPARATORS.items():
        if query.method(name) and query.comparison.comparator not in allowed:
            hint = f"write {' or '.join(allowed)}"
            yield QueryMistake(text, query.comparison.span, f"no such comparison with .{name}()", hint)

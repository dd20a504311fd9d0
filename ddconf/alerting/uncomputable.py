"""What only Datadog can compute: refused by name, never guessed.

A test can state the result of such a query by hand.
"""

from __future__ import annotations

MODELS = frozenset(
    {
        "anomalies",
        "outliers",
        "forecast",
        "autosmooth",
        "robust_trend",
        "trend_line",
        "piecewise_constant",
    }
)
"""Functions whose algorithm is known in outline only."""


class Uncomputable(Exception):
    """Of what a query asks, the part that cannot be computed offline: `anomalies()`."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"cannot be computed offline: {what}")

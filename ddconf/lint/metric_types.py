"""The types of metrics, as far as definitions and the Agent's own names tell.

https://docs.datadoghq.com/metrics/types/
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ddconf.document import get, parse_path

if TYPE_CHECKING:
    from ddconf.lint.facts import Facts

_TYPES = {
    "metric_metadata": ("metric_name", "type"),
    "metric_tag_configuration": ("id", "metric_type"),
    "logs_metric": ("id", "compute.aggregation_type"),
    "spans_metric": ("id", "compute.aggregation_type"),
    "rum_metric": ("id", "compute.aggregation_type"),
}
"""The field with the metric's name and the field with its type, by kind."""
_PERCENTILES = ("include_percentiles", "compute.include_percentiles")


@dataclass(frozen=True, slots=True)
class MetricTypes:
    """The type of each metric that is known, and the distributions whose percentiles are switched off."""

    known: Mapping[str, str]
    without_percentiles: frozenset[str]

    @classmethod
    def of(cls, facts: Facts) -> MetricTypes:
        """What the definitions say."""
        known, without = dict[str, str](), set[str]()
        for kind, (name_field, type_field) in _TYPES.items():
            for _, document in facts.of_kind(kind):
                name, type = (get(document, parse_path(field)) for field in (name_field, type_field))
                if isinstance(name, str) and isinstance(type, str):
                    known[name] = type
                    if any(get(document, parse_path(field)) is False for field in _PERCENTILES):
                        without.add(name)
        return cls(known, frozenset(without))

    def of_metric(self, name: str) -> str:
        """The type, or nothing where it is not known; the host metrics of the Agent are gauges or rates."""
        return self.known.get(name, "gauge" if name.startswith("system.") else "")

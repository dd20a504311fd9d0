"""A service level objective as its definition or the API says it, and its tallies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from ddconf.alerting.data import Data
from ddconf.alerting.groups import EVERYTHING, Group
from ddconf.alerting.metrics.evaluate import QueryInputs
from ddconf.alerting.slo import Target
from ddconf.alerting.slo_source import Correction, Tally, metric_tallies, monitor_tally, slice_tallies
from ddconf.alerting.thresholds import Thresholds
from ddconf.alerting.uncomputable import Uncomputable
from ddconf.alerting.windows import Span
from ddconf.document import JSON, Document
from ddconf.queries import parse_formula, parse_metric_query
from ddconf.queries.tree import Arithmetic, Expression


@dataclass(frozen=True)
class Objective:
    """`targets` by timeframe: `{"30d": Target(99.9)}`."""

    type: str
    document: Document
    targets: dict[str, Target]

    @classmethod
    def read(cls, document: Document) -> Objective:
        targets = {
            str(item["timeframe"]): Target(float(item["target"]), _number(item.get("warning")))
            for item in document.get("thresholds") or ()
        }
        if document.get("timeframe") and document.get("target_threshold"):
            own = Target(float(document["target_threshold"]), _number(document.get("warning_threshold")))
            targets.setdefault(str(document["timeframe"]), own)
        return cls(str(document.get("type") or "metric"), document, targets)

    def tallies(self, data: Data, run: Span, corrections: Sequence[Correction] = ()) -> dict[Group, Tally]:
        """By group; that of everything has the objective as a whole. Raises Uncomputable."""
        if self.type == "metric":
            good, total, queries = self._events()
            return metric_tallies(good, total, QueryInputs(data.series, queries), run, corrections)
        if self.type == "time_slice":
            return self._slices(data, run, corrections)
        if self.type == "monitor":
            return {EVERYTHING: self._monitors(data, run, corrections)}
        raise Uncomputable(f"an SLO of type {self.type}")

    @property
    def metric_queries(self) -> tuple[Expression, ...]:
        """What it is computed from; formulas over these may be among them."""
        if self.type == "metric":
            good, total, queries = self._events()
            return good, total, *queries.values()
        slices = (self.document.get("sli_specification") or {}).get("time_slice") or {}
        return tuple(_queries((slices.get("query") or {}).get("queries")).values())

    def _events(self) -> tuple[Expression, Expression, dict[str, Expression]]:
        """What is good, what there is in all, and the queries that the two name."""
        count = (self.document.get("sli_specification") or {}).get("count")
        if not count:
            query = self.document.get("query") or {}
            good, total = str(query.get("numerator") or ""), str(query.get("denominator") or "")
            return parse_metric_query(good), parse_metric_query(total), {}
        queries = _queries(count.get("queries"))
        good_formula = _formula(count.get("good_events_formula"))
        if count.get("total_events_formula"):
            return good_formula, _formula(count["total_events_formula"]), queries
        bad = _formula(count.get("bad_events_formula"))
        return good_formula, Arithmetic("+", good_formula, bad), queries

    def _slices(self, data: Data, run: Span, corrections: Sequence[Correction]) -> dict[Group, Tally]:
        slices = (self.document.get("sli_specification") or {}).get("time_slice") or {}
        query = slices.get("query") or {}
        formula = _formula((query.get("formulas") or [{}])[0])
        comparison = Thresholds(str(slices.get("comparator")), float(slices.get("threshold") or 0))
        return slice_tallies(
            formula,
            partial(_reaches, comparison),
            QueryInputs(data.series, _queries(query.get("queries"))),
            run,
            corrections,
            int(slices.get("query_interval_seconds") or 300),
        )

    def _monitors(self, data: Data, run: Span, corrections: Sequence[Correction]) -> Tally:
        ids = [str(id) for id in self.document.get("monitor_ids") or ()]
        unknown = [id for id in ids if id not in data.parts]
        if unknown:
            raise Uncomputable(f"the status of monitor {', '.join(unknown)}")
        parts = [(data.parts[id].history, data.parts[id].tells_no_data) for id in ids]
        return monitor_tally(parts, run, corrections)


def _reaches(comparison: Thresholds, value: float) -> bool:
    return comparison.reaches(value, comparison.critical)


def _queries(listed: JSON) -> dict[str, Expression]:
    return {str(item.get("name")): parse_metric_query(str(item.get("query") or "")) for item in listed or ()}


def _formula(value: JSON) -> Expression:
    text = value.get("formula") if isinstance(value, dict) else value
    return parse_formula(str(text or ""))


def _number(value: JSON) -> float | None:
    return None if value is None else float(value)

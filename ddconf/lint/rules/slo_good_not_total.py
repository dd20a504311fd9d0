"""SLOs whose good events are not among all events. https://docs.datadoghq.com/service_level_objectives/metric/"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from ddconf.document import Document, get
from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule
from ddconf.queries import QueryError, parse_metric_query
from ddconf.queries.tree import In, ScopeAnd, ScopeNode, ScopeOr, Series, Tag, all_series


@rule("slo-good-not-total", Severity.WARNING)
def slo_good_not_total(facts: Facts) -> Iterator[Finding]:
    """The total of an SLO is limited to a tag that its good events need not have: 101 % is possible."""
    for address, document in facts.of_kind("service_level_objective"):
        totals = _series(document, "denominator")
        if len(totals) != 1:
            continue
        for good in _series(document, "numerator"):
            if good.metric == totals[0].metric and (missing := _not_in(good, totals[0])):
                place = Place(address, ("query", "numerator"))
                message = f"the total is of {missing} alone, and the good events are not"
                yield Finding(place, message, f"add {missing} to the numerator")
                break


def _series(document: Document, part: str) -> list[Series]:
    try:
        return list(all_series(parse_metric_query(str(get(document, ("query", part)) or ""))))
    except QueryError:
        return []


def _not_in(good: Series, total: Series) -> str:
    """A tag of the total that does not follow from those of the good events."""
    tags = _tags(good.scope)
    wanted = _tags(total.scope)
    if tags is None or wanted is None:
        return ""
    return next((tag for tag in wanted if not any(fnmatchcase(own, tag) for own in tags)), "")


def _tags(scope: ScopeNode) -> list[str] | None:
    """The tags that all points have; None where the scope is more than a list of them."""
    nodes = scope.nodes if isinstance(scope, ScopeAnd) else (scope,)
    plain = [node.text for node in nodes if isinstance(node, Tag) and not node.has_variable]
    alternatives = any(isinstance(node, ScopeOr | In) for node in nodes)
    return None if alternatives else plain

"""Which kinds of objects hold queries, and what is wrong with one of them by itself."""

from __future__ import annotations

from collections.abc import Callable

from ddconf.document import Document, get
from ddconf.pipelines.query import QueryError
from ddconf.queries.dashboard_body import dashboard_problems
from ddconf.queries.downtime_scopes import parse_downtime_scope
from ddconf.queries.monitor_body import monitor_problems
from ddconf.queries.problem import QueryProblem, in_text
from ddconf.queries.slo_body import slo_problems


def downtime_problems(document: Document) -> list[QueryProblem]:
    """What is wrong with the scope of a downtime."""
    scope = get(document, ("scope",))
    if not isinstance(scope, str):
        return []
    try:
        parse_downtime_scope(scope)
    except QueryError as error:
        return [in_text(("scope",), error, "malformed-scope")]
    return []


_PROBLEMS: dict[str, Callable[[Document], list[QueryProblem]]] = {
    "dashboard": dashboard_problems,
    "downtime_schedule": downtime_problems,
    "monitor": monitor_problems,
    "notebook": dashboard_problems,
    "powerpack": dashboard_problems,
    "service_level_objective": slo_problems,
}


def body_problems(kind: str, document: Document) -> list[QueryProblem]:
    """Everything wrong with the queries of an object and what belongs to them; of other kinds nothing."""
    find = _PROBLEMS.get(kind)
    return find(document) if find else []

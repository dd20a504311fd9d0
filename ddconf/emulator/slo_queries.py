"""The two forms of a metric SLO, query and SLI specification, each derived from the other as Datadog does."""

from __future__ import annotations

import re

from ddconf.emulator.wire import Document

_TERM = re.compile(r"\w+:[^{}\s]+\{[^{}]*\}(?:\s*by\s*\{[^{}]*\})?(?:\.\w+\([^()]*\))*")


def as_query(count: Document) -> Document:
    """Formulas with their queries put in; bad events make the total good + bad."""
    queries = {query["name"]: query["query"] for query in count["queries"]}

    def spelt(formula: str) -> str:
        return re.sub(r"\b\w+\b", lambda name: queries.get(name[0], name[0]), formula)

    good = spelt(count["good_events_formula"]["formula"])
    if "bad_events_formula" in count:
        return {
            "numerator": good,
            "denominator": f"({good}) + ({spelt(count['bad_events_formula']['formula'])})",
        }
    return {"numerator": good, "denominator": spelt(count["total_events_formula"]["formula"])}


def as_specification(query: Document) -> Document:
    """Each different metric term becomes a numbered query, the rest of the text the formula over them."""
    names: dict[str, str] = {}

    def named(term: re.Match[str]) -> str:
        if term[0] not in names:
            names[term[0]] = f"query{len(names) + 1}"
        return names[term[0]]

    def formula(text: str) -> Document:
        spelt = re.sub(r"\((query\d+)\)", r"\1", _TERM.sub(named, text))
        return {"formula": spelt if re.fullmatch(r"query\d+", spelt) else f"({spelt})"}

    good = formula(query["numerator"])
    total = formula(query["denominator"])
    queries = [{"data_source": "metrics", "name": name, "query": text} for text, name in names.items()]
    return {"queries": queries, "good_events_formula": good, "total_events_formula": total}

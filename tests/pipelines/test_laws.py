"""What holds for all logs, queries, formulas and pipelines."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import assume, example, given
from hypothesis import strategies as st

from ddconf.document import canonical, copy
from ddconf.errors import DdconfError
from ddconf.pipelines import Log, compile_pipelines, parse_query
from ddconf.pipelines.asset import to_api
from ddconf.pipelines.attributes import ABSENT, drop, find, put, split, text_of
from ddconf.pipelines.formula import parse_formula
from ddconf.pipelines.lint import lint
from ddconf.pipelines.processors import registered
from tests.fuzz.pipelines import check as check_pipeline
from tests.fuzz.query import check, random_query

names = st.sampled_from(
    ["a", "b", "a.b", "a.b.c", "l.0", "message", "", "x-y", "$sourceElem.a", "$targetElem"]
)
scalars = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)
values = st.recursive(
    scalars | st.sampled_from(["1", "error", "2024-01-01", "10.0.0.1", "/a?b=c", "aGk="]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)
logs = st.builds(
    Log,
    message=st.text(),
    attributes=st.dictionaries(names, values, max_size=4),
    tags=st.lists(st.sampled_from(["a:b", "a", "env:prod", ":"]), max_size=3).map(tuple),
    status=st.none() | st.text(max_size=5),
    timestamp=st.none() | st.integers(0, 2**45),
)
queries = st.integers(0, 2**32).map(lambda seed: random_query(random.Random(seed)))
categories = st.lists(
    st.fixed_dictionaries(
        {"name": st.text(max_size=3), "id": st.integers(), "filter": st.just({"query": "@a:*"})}
    ),
    max_size=2,
)
fields = {
    "sources": st.lists(names, min_size=1, max_size=3),
    "source": names,
    "target": names,
    "target_format": st.sampled_from(["auto", "string", "integer", "double"]),
    "target_type": st.sampled_from(["attribute", "tag"]),
    "source_type": st.sampled_from(["attribute", "tag"]),
    "preserve_source": st.booleans(),
    "override_on_conflict": st.booleans(),
    "is_replace_missing": st.booleans(),
    "template": st.sampled_from(["", "%{a}", "x%{a.b}y%{l.0}"]),
    "expression": st.sampled_from(["a", "a + b", "1 / a", "(a.b * 2) - l.0"]),
    "lookup_table": st.just(["1,one", "a,b"]),
    "default_lookup": st.none() | st.text(max_size=2),
    "categories": categories,
    "attribute_to_exclude": names,
    "binary_to_text_encoding": st.sampled_from(["base64", "base16"]),
    "input_representation": st.sampled_from(["utf_8", "integer"]),
    "grok": st.just(
        {"match_rules": "one %{data:a.b} %{integer:l}\ntwo %{data::keyvalue}", "support_rules": ""}
    ),
    "operation": st.fixed_dictionaries(
        {
            "type": st.sampled_from(["append", "length", "select", "key-value"]),
            "source": names,
            "target": names,
            "filter": st.just("a:b"),
            "key_to_extract": names,
            "value_to_extract": names,
        }
    ),
    "schema": st.just({"version": "1.5.0", "class_uid": 3002, "class_name": "Authentication"}),
    "targets": st.just({"name": "a.name", "id": "a.id"}),
    "filter": st.just({"query": "@a:* OR env:prod"}),
    "processors": st.just([]),
    "mappers": st.just([]),
}
processors = st.fixed_dictionaries(
    {"type": st.sampled_from([*registered(), "unknown"]), "is_enabled": st.booleans(), **fields}
)


def pipeline_of(items: list[Any]) -> dict[str, Any]:
    return {"is_enabled": True, "filter": {"query": "*"}, "processors": items}


@given(st.lists(processors, max_size=5), logs)
def test_no_pipeline_fails_on_a_log_or_changes_the_log_that_was_given(items: list[Any], log: Log) -> None:
    document = pipeline_of(items)
    given_log, given_document = canonical(log.as_json()), canonical(document)
    compiled = compile_pipelines([document])
    outcome = compiled.run(log)
    assert canonical(log.as_json()) == given_log
    assert canonical(document) == given_document
    assert canonical(compiled.run(log, trace=False).log.as_json()) == canonical(outcome.log.as_json())
    canonical(outcome.as_json())


@given(processors, st.sampled_from(sorted(fields)), values, logs)
def test_a_wrong_value_in_a_processor_is_refused_or_run(
    item: dict[str, Any], field: str, value: Any, log: Log
) -> None:
    document = pipeline_of([{**item, field: value}])
    errors = [problem for problem in lint(document) if not problem.warning]
    try:
        compiled = compile_pipelines([document])
    except DdconfError as error:
        assert errors
        assert error.diagnostics
    else:
        compiled.run(log)


@given(values)
def test_any_document_is_refused_or_run(document: Any) -> None:
    try:
        compile_pipelines([document]).run(Log())
    except DdconfError as error:
        assert error.diagnostics


@given(queries | st.text(max_size=30))
def test_a_query_prints_back_to_the_same_tree_or_is_refused_at_a_place(text: str) -> None:
    assert check(text) in (True, False)


@given(queries, logs)
def test_a_negated_query_matches_the_other_logs(text: str, log: Log) -> None:
    try:
        query = parse_query(text)
    except DdconfError:
        assume(False)
    assert parse_query(f"-({text if text.strip() else '*'} )").matches(log) is not query.matches(log)


trees = st.recursive(scalars, lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3))


@given(st.dictionaries(st.sampled_from("abc"), trees), st.sampled_from(["a", "a.b", "c.b.a"]), scalars)
def test_what_is_put_is_found_and_what_is_dropped_is_not(tree: dict[str, Any], path: str, value: Any) -> None:
    put(tree, split(path), value)
    assert canonical(find(tree, split(path))) == canonical(value)
    assert drop(tree, split(path))
    assert find(tree, split(path)) is ABSENT
    assert not drop(tree, split(path))


@example(1e-06)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_text_of_a_double_reads_back_as_the_double(value: float) -> None:
    assert float(text_of(value)) == value


@given(logs)
def test_the_plain_json_of_a_log_reads_back_as_the_log(log: Log) -> None:
    assert canonical(Log.from_json(log.as_json()).as_json()) == canonical(log.as_json())


@given(st.text())
def test_any_text_becomes_a_log(text: str) -> None:
    assert isinstance(Log.from_text(text).message, str)


@given(processors)
def test_the_form_of_the_api_stays_as_it_is(item: dict[str, Any]) -> None:
    document = pipeline_of([item])
    assert canonical(to_api(copy(document))) == canonical(document)


@st.composite
def formulas(draw: st.DrawFn, depth: int = 3) -> str:
    if depth == 0 or draw(st.booleans()):
        return str(draw(st.integers(0, 1000)))
    left, right = draw(formulas(depth - 1)), draw(formulas(depth - 1))
    return f"({left} {draw(st.sampled_from('+-*'))} {right})"


@given(formulas())
def test_a_formula_has_the_value_of_arithmetic(text: str) -> None:
    assert parse_formula(text).evaluate({}) == eval(text)


@given(st.integers(0, 2**32))
def test_a_changed_pipeline_runs_or_is_refused(seed: int) -> None:
    check_pipeline(seed)

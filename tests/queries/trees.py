"""Random trees of every language, for the law that what is printed parses to the same tree."""

from __future__ import annotations

from hypothesis import strategies as st

from ddconf.queries import tree
from ddconf.queries.monitors import Both, ComponentMonitor, Either, Negation

WORDS = st.sampled_from(["env", "prod", "a.b", "x-1", "k8s/y", "n_9"])
NUMBERS = st.builds(
    tree.Number,
    st.one_of(st.integers(-(10**17), 10**17).map(float), st.floats(allow_nan=False, allow_infinity=False)),
)
TAGS = st.builds(
    tree.Tag, st.one_of(WORDS, st.builds("{}:{}".format, WORDS, WORDS), st.just("$x"), st.just("a:*"))
)
LEAVES = st.one_of(
    TAGS,
    st.just(tree.Everything()),
    st.builds(tree.In, WORDS, st.lists(WORDS, min_size=1, max_size=3).map(tuple), st.booleans()),
)


def _several(nodes: st.SearchStrategy[tree.ScopeNode]) -> st.SearchStrategy[tuple[tree.ScopeNode, ...]]:
    return st.lists(nodes, min_size=2, max_size=3).map(tuple)


SCOPES: st.SearchStrategy[tree.ScopeNode] = st.recursive(
    LEAVES,
    lambda nodes: st.one_of(
        st.builds(tree.ScopeNot, nodes),
        st.builds(tree.ScopeAnd, _several(nodes)),
        st.builds(tree.ScopeOr, _several(nodes)),
    ),
    max_leaves=6,
)
METHOD = st.sampled_from(
    [
        tree.Method("as_count"),
        tree.Method("rollup", (tree.Word("sum"), tree.Number(60))),
        tree.Method("fill", (tree.Word("null"),)),
    ]
)
METHODS = st.one_of(st.just(()), st.tuples(METHOD), st.tuples(METHOD, METHOD))
SERIES = st.builds(
    tree.Series,
    st.sampled_from([None, "avg", "sum", "p99.9", "count"]),
    st.sampled_from(["system.load.1", "a", "x_y.z-1"]),
    SCOPES,
    st.lists(st.builds(tree.Tag, WORDS), max_size=2).map(tuple),
    METHODS,
)
COUNTED = st.builds(
    tree.Series,
    st.just("count"),
    st.just("latency"),
    SCOPES,
    counted=st.builds(tree.CountCondition, st.sampled_from(["<", ">="]), st.floats(-5, 5)),
)
TEXTS = st.builds(tree.Text, st.sampled_from(["mean", "last_15m", "it's", ""]))


def _calls(inner: st.SearchStrategy[tree.Expression]) -> st.SearchStrategy[tree.FormulaCall]:
    named = st.builds(
        tree.NamedArgument, st.sampled_from(["direction", "interval"]), st.one_of(TEXTS, NUMBERS)
    )
    arguments = st.tuples(inner, st.lists(st.one_of(NUMBERS, TEXTS, named), max_size=3)).map(
        lambda pair: (pair[0], *pair[1])
    )
    return st.builds(tree.FormulaCall, st.sampled_from(["top", "abs", "anomalies"]), arguments, METHODS)


def _expressions(leaves: st.SearchStrategy[tree.Expression]) -> st.SearchStrategy[tree.Expression]:
    return st.recursive(
        st.one_of(leaves, NUMBERS),
        lambda inner: st.one_of(
            st.builds(tree.Arithmetic, st.sampled_from("+-*/"), inner, inner),
            st.builds(tree.Negative, inner.filter(lambda node: not isinstance(node, tree.Number))),
            _calls(inner),
            st.builds(tree.MethodChain, inner, st.tuples(METHOD)),
        ),
        max_leaves=8,
    )


METRIC_QUERIES = _expressions(st.one_of(SERIES, COUNTED))
FORMULAS = _expressions(st.builds(tree.Name, st.sampled_from(["query1", "a", "sum"])))
CONDITIONS = st.recursive(
    st.builds(ComponentMonitor, st.sampled_from(["1", "234", "${monitor.x.id}"])),
    lambda inner: st.one_of(
        st.builds(Negation, inner), st.builds(Both, inner, inner), st.builds(Either, inner, inner)
    ),
    max_leaves=8,
)

"""Documents and texts for the laws of the YAML side."""

from __future__ import annotations

from hypothesis import strategies as st

_WORDS = (
    "on yes 010 0x1F .5 1e5 1_000 12:30:45 2024-01-01 ~ null << = | > ? - --- ... {} [] @x `x` %{x} !x &x *x "
    "#x a#b # a: :a ${x} $${x} {{x}} ' \" \\ é 😀"
)
# fmt: off
_LINES = (
    "", " ", "a: b", " #x", "a #b", "- a", "? a", "a ", " a", "\n", "a\n", "a\n\n", "\n\na", " a\nb",
    "\ta\nb", "a\n  \n", "  \n a", "a\t", "a\n\tb", "a\r\nb", "\r", "a\n--- b", "--- a", "# x\ny", "a\n# b",
    "a\n#", "\x00", "\x07", "\x7f", "\x85", "\xa0", "\u2028", "\ufeff", "\ufffe", "x" * 600,
)
# fmt: on
_CHARACTERS = " \n\t:#-'\"\\ab0.{}[]|>&*!%@`,?$"

pieces = st.sampled_from((*_WORDS.split(" "), *_LINES))
texts = st.one_of(
    pieces,
    st.lists(pieces, max_size=4).map("".join),
    st.text(st.one_of(st.sampled_from(_CHARACTERS), st.characters(exclude_categories=["Cs"]))),
)
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), texts
)
keys = texts.filter(bool)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)

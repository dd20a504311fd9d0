"""The log indexes of the definitions, in the order in which they are asked for a log."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddconf.address import Address
from ddconf.document import Document
from ddconf.lint.facts import Facts
from ddconf.lint.shape import items

KIND, ORDER, MAIN = "logs_index", "logs_index_order", "main"
_REFERENCE = re.compile(r"\$\{\s*logs_index\.([^}.\s]+)[^}]*\}")


def in_order(facts: Facts) -> Iterator[tuple[Address, Document]]:
    """Those that an order names; of the others nobody knows which is asked first."""
    by_name = {str(document.get("name")): (address, document) for address, document in facts.of_kind(KIND)}
    return (by_name[name] for name in dict.fromkeys(ordered_names(facts)) if name in by_name)


def ordered_names(facts: Facts) -> Iterator[str]:
    """The names of indexes as the order has them."""
    defined = dict(facts.of_kind(KIND))
    for _, document in facts.of_kind(ORDER):
        for text in items(document.get("index_names")):
            match = _REFERENCE.fullmatch(str(text))
            own = defined.get(Address(KIND, match[1])) if match else None
            yield str(own.get("name")) if own else str(text)


def known_names(facts: Facts) -> set[str]:
    """Every index that the definitions know of; `main` is in each organisation."""
    defined = (str(document.get("name")) for _, document in facts.of_kind(KIND))
    return {MAIN, *ordered_names(facts), *defined}

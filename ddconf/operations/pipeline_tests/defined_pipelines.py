"""The log pipelines of a folder of definitions, in the order in which Datadog would run them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ddconf.address import Address
from ddconf.definitions import references
from ddconf.definitions.definition import Definition
from ddconf.definitions.references import UNRESOLVED
from ddconf.definitions.suggest import did_you_mean
from ddconf.document import Document
from ddconf.errors import DdconfError, Diagnostic

if TYPE_CHECKING:
    from ddconf.definitions.load import Definitions

KIND = "logs_custom_pipeline"
ORDER = "logs_pipeline_order"


def pipelines_of(definitions: Definitions, address: str | None = None) -> dict[Address, Document]:
    """The pipelines by address: those of the order first, then the others as the files have them.

    With an address, that one alone; raises DdconfError where there is none.
    """
    found = {item.address: ready(item) for item in definitions.items.values() if item.address.kind == KIND}
    if address is not None:
        wanted = Address(KIND, address.removeprefix(f"{KIND}."))
        if wanted not in found:
            known = [str(item) for item in found]
            hint = did_you_mean(str(wanted), known, f"defined are: {', '.join(known) or 'none'}")
            raise DdconfError(Diagnostic(f"no pipeline {address}", hint=hint))
        return {wanted: found[wanted]}
    ordered = dict.fromkeys([*_order(definitions), *found])
    return {item: found[item] for item in ordered if item in found}


def _order(definitions: Definitions) -> Iterator[Address]:
    for item in definitions.items.values():
        if item.address.kind == ORDER:
            yield from references.needs(item.document)


def ready(definition: Definition) -> Document:
    """The document as it runs: references left alone, `$${` as `${`."""
    return as_run(definition.document)


def as_run(document: Document) -> Document:
    """As `ready`, for a bare document."""
    return references.resolve(document, lambda _reference: UNRESOLVED)

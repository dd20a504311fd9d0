"""Record that a person did what no API can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ddconf.address import Address
from ddconf.definitions import references
from ddconf.definitions.references import UNRESOLVED
from ddconf.errors import DdconfError, Diagnostic
from ddconf.operations.plan.fetch import Kinds
from ddconf.plans.comparison import NormalizationContext
from ddconf.state.journal import recorder
from ddconf.state.model import Entry, State
from ddconf.state.protocol import Backend

if TYPE_CHECKING:
    from ddconf.definitions.load import Definitions


def acknowledge(
    backend: Backend, state: State, definitions: Definitions, kinds: Kinds, addresses: Sequence[Address]
) -> None:
    """Note the definitions of these addresses as applied; hold the lock."""
    for address in addresses:
        if address not in definitions.items:
            raise DdconfError(f"{address} is not defined")
        if kinds(address.kind).api is not None:
            hint = "`ddconf apply` does it"
            raise DdconfError(Diagnostic(f"{address} is not changed by hand here", hint=hint))
    with recorder(backend, state) as journal:
        for address in addresses:
            definition = definitions.items[address]
            document = references.resolve(definition.document, lambda _reference: UNRESOLVED)
            view = NormalizationContext(
                kinds(address.kind), definition.options.ignore, (), state.lineage.encode()
            )
            done = view.normalize(document)
            journal.record(address, Entry("", done, done, protected=definition.options.protect))

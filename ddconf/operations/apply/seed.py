"""Make defined objects in an organisation without owning them, as another hand would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ddconf.address import Address
from ddconf.errors import DdconfError
from ddconf.operations.apply.apply import apply
from ddconf.operations.apply.write import Writer
from ddconf.operations.plan.fetch import kinds_for
from ddconf.operations.plan.plan import plan
from ddconf.plans.change import ResultStatus
from ddconf.state.journal import new_state
from ddconf.state.model import Entry

if TYPE_CHECKING:
    from ddconf.datadog.http.client import Client
    from ddconf.definitions.load import Definitions
    from ddconf.definitions.settings import Settings


class _Nothing:
    """Keeps no entries."""

    def record(self, address: Address, entry: Entry | None) -> None:
        return


def make_unowned(client: Client, settings: Settings, definitions: Definitions) -> int:
    """How many objects were made; raises DdconfError with every one that could not be."""
    kinds = kinds_for(settings, sandbox=True)
    state = new_state(client.site)
    made = plan(client, settings, lambda: definitions, state, sandbox=True)
    writer = Writer(lambda _kind: client, kinds, {}, _Nothing(), settings.secret, state.lineage.encode())
    results = {result.change.address: result for result in apply(made, writer)}.values()
    failed = [result.error for result in results if result.status is ResultStatus.FAILED]
    if failed:
        raise DdconfError(*failed)
    return len(results)

"""When the monitors of a folder would have alerted on the data of the live site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ddconf.alerting.uncomputable import Uncomputable
from ddconf.alerting.windows import Span
from ddconf.errors import DdconfError
from ddconf.operations.alert_tests.bench import AlertBench
from ddconf.operations.alert_tests.data_needs import LogNeed, Need, NeedAndReach, needs_of
from ddconf.operations.alert_tests.history import MonitorHistory, histories
from ddconf.operations.alert_tests.live_data import ask_for

if TYPE_CHECKING:
    from ddconf.datadog.http.client import Client


@dataclass(frozen=True)
class LiveHistories:
    """In the order of the addresses; `cut` are searches with more logs than were asked for."""

    histories: Sequence[MonitorHistory]
    cut: Sequence[LogNeed]


def live_histories(
    client: Client, bench: AlertBench, addresses: Sequence[str], span: Span, most_logs: int
) -> LiveHistories:
    """Asks once for what several monitors look at. Raises ApiError where all is refused."""
    why_not: dict[str, str] = {}
    needs: dict[str, list[NeedAndReach]] = {}
    for address in addresses:
        try:
            needs[address] = list(needs_of(bench, address))
        except (Uncomputable, DdconfError) as error:
            why_not[address] = str(error)
    reaches: dict[Need, float] = {}
    for need, reach in (item for own in needs.values() for item in own):
        reaches[need] = max(reach, reaches.get(need, 0))
    data = ask_for(client, reaches, span, most_logs)
    for address, own in needs.items():
        if refused := [data.refused[need] for need, _ in own if need in data.refused]:
            why_not[address] = refused[0]
    asked = [address for address in addresses if address not in why_not]
    ran = {item.address: item for item in histories(bench, asked, data.series, data.events, span)}
    return LiveHistories(
        [ran.get(address) or MonitorHistory(address, why_not=why_not[address]) for address in addresses],
        data.cut,
    )

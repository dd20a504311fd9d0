"""Which statuses, conditionals and thresholds of a monitor its cases reached."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ddconf.alerting.messages.template import read
from ddconf.alerting.messages.tree import Block, Node, TemplateFunction
from ddconf.alerting.monitor import Monitor
from ddconf.alerting.status import Status
from ddconf.alerting.timeline import Timeline
from ddconf.pipelines.coverage import Coverage, CoveredPart

_RECOVERIES = {"critical_recovery": Status.ALERT, "warning_recovery": Status.WARN}


def alert_coverage(monitor: Monitor, timelines: Collection[Timeline], shown: Collection[int]) -> Coverage:
    """`shown` are the positions of the blocks of the message that were shown in some notification."""
    reached = {part for timeline in timelines for part in _reached(timeline)}
    parts: list[tuple[CoveredPart, bool]] = [(part, part in reached) for part in _parts(monitor)]
    parts += [(_conditional(block), block.position in shown) for block in blocks(monitor.message)]
    return Coverage(
        tuple(part for part, is_reached in parts if is_reached),
        tuple(part for part, is_reached in parts if not is_reached),
    )


def blocks(message: str) -> Iterator[Block]:
    """All blocks of a message, those inside of others too."""
    return _blocks(read(message))


def _blocks(nodes: Collection[Node]) -> Iterator[Block]:
    for node in nodes:
        if isinstance(node, Block):
            yield node
            yield from _blocks((*node.body, *node.otherwise))


def _parts(monitor: Monitor) -> Iterator[CoveredPart]:
    thresholds = monitor.options.get("thresholds") or {}
    yield _status(Status.ALERT)
    if thresholds.get("warning") is not None:
        yield _status(Status.WARN)
    if monitor.tells_no_data:
        yield _status(Status.NO_DATA)
    yield _status(Status.OK)
    for name in _RECOVERIES:
        if thresholds.get(name) is not None:
            yield _threshold(name)


def _reached(timeline: Timeline) -> Iterator[CoveredPart]:
    for entry in timeline.entries:
        yield _status(entry.change.transition.status)
        for name, status in _RECOVERIES.items():
            if entry.change.transition.former is status:
                yield _threshold(name)


def _status(status: Status) -> CoveredPart:
    return CoveredPart(("status", str(status)), "status", str(status))


def _threshold(name: str) -> CoveredPart:
    return CoveredPart(("threshold", name), "threshold", name)


def _conditional(block: Block) -> CoveredPart:
    words = [
        argument.name if isinstance(argument, TemplateFunction) else f'"{argument}"'
        for argument in block.arguments
    ]
    sign = "^" if block.inverted else "#"
    text = " ".join((f"{sign}{block.name}", *words))
    return CoveredPart(("conditional", block.position), "conditional", f"{{{{{text}}}}}")

"""How true a recording is to what a pipeline was sent, log by log.

The search API and archives hold logs after processing. Text keeps its `message`, so rules run on it once
more; attributes that the first run has moved are where it put them.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.document import JSON, Document
from ddconf.operations.replay.recorded_log import RecordedLog
from ddconf.pipelines.asset import to_api
from ddconf.pipelines.attributes import ABSENT, Segments, find, split

SENT = "as they were sent"
TEXT = "after processing, with the text in `message`: its rules run on it again"
MOVED = "after processing, with attributes moved already: remappers find nothing to move"
ATTRIBUTES = "after processing, without text: rules for `message` find nothing"

Move = tuple[Segments, tuple[Segments, ...]]
"""Where a remapper puts a value, and whence it takes it away."""


def moves_of(pipeline: Document) -> tuple[Move, ...]:
    """What the remappers of a pipeline take away, at any depth."""
    return tuple(_moves(to_api(pipeline)))


def _moves(node: JSON) -> Iterator[Move]:
    processors = node.get("processors") if isinstance(node, dict) else None
    for item in processors if isinstance(processors, list) else ():
        if not isinstance(item, dict) or item.get("is_enabled") is False:
            continue
        is_remapper = item.get("type") == "attribute-remapper" and not item.get("preserve_source")
        target, sources = item.get("target"), item.get("sources")
        if is_remapper and isinstance(target, str) and isinstance(sources, list):
            yield split(target), tuple(split(str(source)) for source in sources if source != target)
        yield from _moves(item)


def fidelity(recorded: RecordedLog, moves: tuple[Move, ...]) -> str:
    """One of the constants above, for a log that a pipeline with these moves takes."""
    if not recorded.processed:
        return SENT
    attributes = recorded.log.attributes
    for target, sources in moves:
        if find(attributes, target) is not ABSENT and all(find(attributes, it) is ABSENT for it in sources):
            return MOVED
    text = recorded.log.message.lstrip()
    return TEXT if text and not text.startswith("{") else ATTRIBUTES

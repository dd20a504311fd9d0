"""Take personal values out of logs as they are recorded: a keyed hash, or a text, in their place."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from ddconf.document import JSON, Document
from ddconf.operations.replay.recorded_log import event_of
from ddconf.pipelines.attributes import Segments, split


@dataclass(frozen=True, slots=True)
class Mask:
    """An attribute (or official field), and what stands for its values; without a text, their hash."""

    path: Segments
    text: str = ""

    @classmethod
    def parse(cls, given: str) -> Mask:
        """`usr.email`, or `usr.email=somebody`."""
        path, _, text = given.partition("=")
        return cls(split(path.removeprefix("@")), text)


class Masker:
    """Masks lines of a recording, which has a key of its own: in it, equal values have equal hashes."""

    def __init__(self, masks: Sequence[Mask], key: bytes) -> None:
        self._masks, self._key = masks, key

    def line(self, line: str) -> str:
        """The line without the values; text that is no JSON has no attributes and stays."""
        if not self._masks or not line.lstrip().startswith("{"):
            return line
        try:
            document = json.loads(line)
        except (ValueError, RecursionError):
            return line
        return json.dumps(self.event(document), ensure_ascii=False)

    def event(self, event: Document) -> Document:
        """The log without the values, in any text of it."""
        found: dict[str, str] = {}
        log = event_of(event) or event
        for mask in self._masks:

            def replace(value: JSON, mask: Mask = mask) -> str:
                return found.setdefault(_text(value), mask.text or self._hash(value))

            log.update(_replaced_in(log, mask.path, replace))
        longest_first = sorted(found.items(), key=lambda item: -len(item[0]))
        rewritten: Document = _rewritten(event, [(_pattern(text), new) for text, new in longest_first])
        return rewritten

    def _hash(self, value: JSON) -> str:
        content = _text(value).encode("utf-8", "replace")
        return f"masked-{hashlib.blake2b(content, key=self._key, digest_size=6).hexdigest()}"


def _text(value: JSON) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _parsed(message: JSON) -> JSON:
    """A message that is JSON, which has values that attributes may have lost by now."""
    if not isinstance(message, str) or not message.lstrip().startswith("{"):
        return None
    try:
        return json.loads(message)
    except (ValueError, RecursionError):
        return None


def _replaced_in(log: Document, path: Segments, replace: Callable[[JSON], str]) -> Document:
    """The log with other values at the path, in itself and in its `attributes`, however deep these lie."""
    _replaced_at(_parsed(log.get("message")), path, replace)
    inner = log.get("attributes")
    if isinstance(inner, dict):
        log = {**log, "attributes": _replaced_in(inner, path, replace)}
    changed: Document = _replaced_at(log, path, replace)
    return changed


def _replaced_at(node: JSON, path: Segments, replace: Callable[[JSON], str]) -> JSON:
    """The node with other values at the path, in each item of lists and under keys with dots too."""
    if isinstance(node, list):
        return [_replaced_at(item, path, replace) for item in node]
    if not path:
        if isinstance(node, dict):
            return {key: _replaced_at(value, (), replace) for key, value in node.items()}
        return node if node in (None, "", True, False) else replace(node)
    if not isinstance(node, dict):
        return node
    changed = dict(node)
    for length in range(1, len(path) + 1):
        key = ".".join(path[:length])
        if key in changed:
            changed[key] = _replaced_at(changed[key], path[length:], replace)
    return changed


def _pattern(text: str) -> re.Pattern[str]:
    """The value as it is, in JSON and in URLs; not as a part of a longer word."""
    forms = {text, json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1], quote(text, safe="")}
    start = r"(?<!\w)" if re.match(r"\w", text) else ""
    end = r"(?!\w)" if re.search(r"\w\Z", text) else ""
    return re.compile(f"{start}(?:{'|'.join(map(re.escape, sorted(forms)))}){end}", re.IGNORECASE)


def _rewritten(node: JSON, found: Sequence[tuple[re.Pattern[str], str]]) -> JSON:
    if isinstance(node, str):
        for pattern, new in found:
            node = pattern.sub(new.replace("\\", r"\\"), node)
        return node
    if isinstance(node, list):
        return [_rewritten(item, found) for item in node]
    if isinstance(node, dict):
        return {_rewritten(key, found): _rewritten(value, found) for key, value in node.items()}
    return node

"""Put live values into a definition without losing the references that still say the same."""

from __future__ import annotations

from difflib import SequenceMatcher

from ddconf.document import JSON, canonical


def weave(written: JSON, meant: JSON, live: JSON) -> JSON:
    """`live` as a person would have edited `written`, whose references resolved are `meant`.

    Where the live value is what was meant, the text that was written stays.
    """
    if canonical(meant) == canonical(live):
        return written
    if isinstance(written, dict) and isinstance(meant, dict) and isinstance(live, dict):
        return {
            key: weave(written[key], meant[key], value) if key in written and key in meant else value
            for key, value in live.items()
        }
    if isinstance(written, list) and isinstance(meant, list) and isinstance(live, list):
        return _items(written, meant, live)
    return live


def _items(written: list[JSON], meant: list[JSON], live: list[JSON]) -> list[JSON]:
    before, after = [canonical(item) for item in meant], [canonical(item) for item in live]
    result: list[JSON] = []
    for tag, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            result += written[start:end]
        elif tag == "replace" and end - start == last - first:
            result += [
                weave(*three)
                for three in zip(written[start:end], meant[start:end], live[first:last], strict=True)
            ]
        else:
            result += live[first:last]
    return result

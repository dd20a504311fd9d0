"""Where two nested values differ, as DeepDiff finds it: mappings, texts, numbers and types at any depth.

https://zepworks.com/deepdiff/current/diff.html
"""

from __future__ import annotations

from collections.abc import Hashable

from ddconf.document import JSON

KeyPath = tuple[Hashable, ...]
"""Keys from the outermost mapping to a value."""


def differing(left: JSON, right: JSON) -> set[KeyPath]:
    """The place of every value that is on one side alone, or another on the other side."""
    from deepdiff import DeepDiff

    found = DeepDiff(left, right, view="tree", threshold_to_diff_deeper=0)
    return {tuple(level.path(output_format="list")) for levels in found.values() for level in levels}

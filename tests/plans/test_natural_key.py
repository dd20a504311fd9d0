"""What tells objects apart: only what a definition can say."""

from __future__ import annotations

import pytest

from ddconf.document import copy, get, parse_path, put
from ddconf.kind import find_kind, kind_names
from ddconf.plans.adoption import natural_key
from tests.kinds import samples


@pytest.mark.parametrize("name", [name for name in kind_names() if find_kind(name).key])
def test_what_the_server_adds_inside_the_key_tells_nothing(name: str) -> None:
    kind, document = find_kind(name), samples.sample(name)
    shown = copy(document)
    for path in map(parse_path, kind.read_only):
        above = get(shown, path[:-1]) if len(path) > 1 and "*" not in path else None
        if isinstance(above, dict):
            put(shown, path, "the server's")
    assert natural_key(kind, shown) == natural_key(kind, document)

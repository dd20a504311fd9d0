"""Comparing of recorded traffic names what differs."""

from tests.conformance.comparing import differing


def test_a_difference_inside_a_list_is_named_by_its_path() -> None:
    wanted = {"processors": [{"name": "a", "is_enabled": True}, {"name": "b"}]}
    shown = {"processors": [{"name": "a"}, {"name": "c"}]}
    assert differing(wanted, shown) == ["processors[0].is_enabled", "processors[1].name"]

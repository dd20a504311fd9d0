from ddconf.cli.arguments import PLACE, SCOPE, flags


def test_options_are_written_as_they_would_be_typed_again() -> None:
    chosen = {"chdir": "my dir", "sandbox": True, "targets": ("monitor.a", "monitor.b"), "destroy": False}
    assert flags(chosen, PLACE) == " -C 'my dir' --sandbox"
    assert flags(chosen, SCOPE) == " --target monitor.a --target monitor.b"


def test_options_that_were_not_given_are_not_written() -> None:
    assert flags({"chdir": None, "sandbox": False, "variables": ()}, {**PLACE, **SCOPE}) == ""

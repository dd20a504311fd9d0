"""Flags are printed as they would be typed again."""

from pathlib import Path

from ddconf.cli.arguments import place_flags, scope_flags
from ddconf.cli.options import CommonOptions, PlanOptions


def test_options_are_written_as_they_would_be_typed_again() -> None:
    common = CommonOptions(chdir=Path("my dir"), sandbox=True)
    planning = PlanOptions(targets=("monitor.a", "monitor.b"), destroy=False)
    assert place_flags(common) == " -C 'my dir' --sandbox"
    assert scope_flags(common, planning) == " --target monitor.a --target monitor.b"


def test_options_that_were_not_given_are_not_written() -> None:
    common = CommonOptions(chdir=None, sandbox=False, variables=())
    assert place_flags(common) + scope_flags(common, PlanOptions()) == ""

"""Arguments from the environment."""

from __future__ import annotations

import click
import pytest

from ddconf.cli.environment import GROUPS, WITH_VALUE, with_environment
from ddconf.cli.group import ddconf, files
from ddconf.cli.main import main


@pytest.mark.parametrize(
    ("typed", "environ", "expected"),
    [
        (["plan", "--out=x"], {}, ["plan", "--out=x"]),
        (["plan", "--out=x"], {"DDCONF_CLI_ARGS": "-no-color"}, ["plan", "-no-color", "--out=x"]),
        (
            ["-C", "there", "plan"],
            {"DDCONF_CLI_ARGS": "--a", "DDCONF_CLI_ARGS_plan": "--b 'c d'", "DDCONF_CLI_ARGS_apply": "--e"},
            ["-C", "there", "plan", "--a", "--b", "c d"],
        ),
        (["state", "list"], {"DDCONF_CLI_ARGS_state_list": "x"}, ["state", "list", "x"]),
        (["state", "list"], {"DDCONF_CLI_ARGS_state": "x"}, ["state", "list"]),
        (["force-unlock", "1"], {"DDCONF_CLI_ARGS_force_unlock": "--a"}, ["force-unlock", "--a", "1"]),
        (["--sandbox"], {"DDCONF_CLI_ARGS": "--a"}, ["--sandbox"]),
        ([], {"DDCONF_CLI_ARGS": "--a"}, []),
    ],
)
def test_arguments_stand_behind_the_command_before_those_that_were_typed(
    typed: list[str], environ: dict[str, str], expected: list[str]
) -> None:
    assert with_environment(typed, environ) == expected


def test_the_commands_with_commands_below_them_are_known() -> None:
    context = click.Context(ddconf)
    groups = {name for name in files() if isinstance(ddconf.get_command(context, name), click.Group)}
    assert set(GROUPS) == groups


def test_the_options_of_the_program_that_take_a_value_are_known() -> None:
    valued = {
        name
        for parameter in ddconf.params
        if isinstance(parameter, click.Option) and not parameter.is_flag
        for name in parameter.opts
    }
    assert valued <= set(WITH_VALUE)


def test_a_quotation_without_an_end_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DDCONF_CLI_ARGS", "'a")
    monkeypatch.setattr("sys.argv", ["ddconf", "plan"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert str(ended.value) == "error: DDCONF_CLI_ARGS: No closing quotation"


def test_the_program_reads_them(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DDCONF_CLI_ARGS_kinds", "monitor")
    monkeypatch.setattr("sys.argv", ["ddconf", "kinds"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("monitor\n")

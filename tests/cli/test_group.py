"""The command line itself: names, dashes, help, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ddconf.cli.group import ddconf, files, run, two_dashes
from ddconf.cli.main import main
from ddconf.kind import kind_names


def test_every_command_has_help_that_says_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    names = list(files())
    assert {"plan", "apply", "export", "import", "force-unlock"} <= set(names)
    for name in names:
        assert run([name, "--help"]) == 0
        assert len(capsys.readouterr().out.splitlines()) > 4, name


def test_the_list_of_commands_shows_the_first_line_of_each_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    assert "plan          Show what apply would change." in capsys.readouterr().out


def test_long_flags_may_have_one_dash_as_in_terraform() -> None:
    plan = ddconf.get_command(None, "plan")  # type: ignore[arg-type]
    assert plan is not None
    given = ["-out=x", "-target", "monitor.a", "--no-color", "-C", "dir", "--", "-out"]
    assert two_dashes(plan, given) == [
        "--out=x",
        "--target",
        "monitor.a",
        "--no-color",
        "-C",
        "dir",
        "--",
        "-out",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["plan", "-foo"], "No such option '-foo'."),
        (["plan", "-traget=monitor.a"], "No such option '-traget'. Did you mean '--target'?"),
        (["apply", "-auto-aprove"], "No such option '-auto-aprove'. Did you mean '--auto-approve'?"),
        (["-sandbx", "plan"], "No such option '-sandbx'. Did you mean '--sandbox'?"),
        (["state", "list", "-sandbx"], "No such option '-sandbx'. Did you mean '--sandbox'?"),
    ],
)
def test_an_unknown_flag_with_one_dash_is_named_whole(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 1
    shown = capsys.readouterr().err
    assert said in shown
    if arguments[0] == "plan":
        assert "Usage: ddconf plan" in shown


def test_a_short_flag_may_have_its_value_at_once(tmp_path: Path) -> None:
    assert run(["plan", f"-C{tmp_path}/none"]) == 1
    test = ddconf.get_command(None, "test")  # type: ignore[arg-type]
    assert test is not None
    assert two_dashes(test, ["-kfoo", "-k", "-foo"]) == ["-kfoo", "-k", "-foo"]


def test_an_unknown_command_is_an_error_with_a_suggestion(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["aply"]) == 1
    assert "Did you mean 'apply'?" in capsys.readouterr().err


def test_an_unknown_command_below_another_has_a_suggestion_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["state", "lst"]) == 1
    assert "Did you mean 'list'?" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["kinds", "monitr"], ["schema", "monitr"], ["import", "monitr.a", "1"]]
)
def test_an_unknown_kind_has_a_suggestion(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 1
    assert "did you mean 'monitor'?" in capsys.readouterr().err


def test_kinds_are_told_with_their_fields_and_by_area(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["kinds", "team_link"]) == 0
    out = capsys.readouterr().out
    assert "  * url       string  # Web address." in out
    assert "https://docs.datadoghq.com/" in out
    assert run(["kinds", "--area", "logs"]) == 0
    assert {"logs_index", "logs_metric"} <= {line.split()[0] for line in capsys.readouterr().out.splitlines()}
    assert run(["kinds", "--area", "nonsense"]) == 1
    assert "areas are Access, AI, APM" in capsys.readouterr().err


def test_kinds_as_json_tell_what_tools_ask_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["kinds", "--format", "json"]) == 0
    kinds = {item["kind"]: item for item in json.loads(capsys.readouterr().out)}
    assert len(kinds) == len(kind_names())
    index = kinds["logs_index"]
    assert (index["area"], index["tier"], index["key"]) == ("Logs", 1, ["name"])
    assert index["calls"] == ["list", "read", "create", "update", "delete"]
    assert index["terraform"] == ["datadog_logs_index"]


@pytest.mark.parametrize("argument", ["--version", "version", "-version"])
def test_the_version_is_printed_without_loading_the_command_line(
    argument: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["ddconf", argument])
    main()
    assert capsys.readouterr().out.startswith("ddconf 0.")


def test_a_plan_without_keys_names_both_ways_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in (
        "DD_API_KEY",
        "DD_APP_KEY",
        "DATADOG_API_KEY",
        "DATADOG_APP_KEY",
        "DD_HOST",
        "DDCONF_SANDBOX",
    ):
        monkeypatch.delenv(name, raising=False)
    assert run(["-C", str(tmp_path), "plan"]) == 1
    said = capsys.readouterr().err
    assert "DD_API_KEY" in said and "--sandbox" in said and said.count("error") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_an_output_that_cannot_be_written_is_an_error_and_no_traceback() -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "ddconf", "kinds"]
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (1, "error: [Errno 28] No space left on device\n")


def test_the_program_ends_with_all_it_had_to_say() -> None:
    command = [sys.executable, "-m", "ddconf", "kinds", "--format", "json"]
    assert json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    ended = subprocess.run([*command[:3], "nope"], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "No such command 'nope'" in ended.stderr

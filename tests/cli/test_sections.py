"""The sections of `ddconf --help`."""

from __future__ import annotations

import pytest

from ddconf.cli.group import files, run
from ddconf.cli.sections import SECTIONS


def test_every_command_is_in_one_section() -> None:
    assert sorted(name for names in SECTIONS.values() for name in names) == sorted(files())


def test_the_global_options_follow_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    places = [shown.index(f"\n{title}") for title in (*SECTIONS, "Global options")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "arguments", [["aply"], ["plan", "--traget"], ["plan", "-traget"], ["kinds", "monitr"]]
)
def test_a_mistake_is_always_spelt_error(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 1
    shown = capsys.readouterr().err
    assert "\nerror: " in f"\n{shown}"
    assert "Error: " not in shown


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["kinds", "--area", "lgs"], "'Logs'"),
        (["-C", "new", "init", "--site", "datadoghq.ue"], "'datadoghq.eu'"),
        (["-C", "new", "plan", "--env", "prdo"], "'prod'"),
        (["-C", "new", "plan", "--sandbox", "--target", "monitor.cpu_hgh"], "'monitor.cpu_high'"),
    ],
)
def test_a_misspelt_name_brings_the_nearest(
    arguments: list[str],
    meant: str,
    tmp_path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    if "plan" in arguments:
        assert run(["-C", "new", "init"]) == 0
        with (tmp_path / "new" / "ddconf.yaml").open("a", encoding="utf-8") as settings:
            settings.write("\nenvironments: {prod: {}, staging: {}}\n")
    assert run(arguments) == 1
    assert f"did you mean {meant}?" in capsys.readouterr().err

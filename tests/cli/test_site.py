"""`--site` says where the keys go, whatever files and variables say."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddconf.cli.group import run
from ddconf.cli.options import CommonOptions
from ddconf.cli.workspace import open_workspace
from ddconf.datadog.http import credentials
from ddconf.errors import DdconfError

KEYS = {"DD_API_KEY": "a" * 32, "DD_APP_KEY": "b" * 40}
SETTINGS = "site: datadoghq.com\nenvironments: {prod: {site: us3.datadoghq.com}}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("DD_SITE", "DD_HOST", "DATADOG_SITE", "DATADOG_HOST", "DDCONF_SANDBOX"):
        monkeypatch.delenv(name, raising=False)
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "ddconf.yaml").write_text(SETTINGS)
    return tmp_path


@pytest.mark.parametrize(
    "variable", ["", "DD_SITE", "DATADOG_SITE", "DD_HOST", "DATADOG_HOST", "DD_SITE_PROD", "DD_HOST_PROD"]
)
@pytest.mark.parametrize("environment", [None, "prod"])
@pytest.mark.parametrize("site", ["datadoghq.eu", "next.datadog.example"])
def test_the_flag_wins_over_files_and_variables(
    folder: Path, monkeypatch: pytest.MonkeyPatch, variable: str, environment: str | None, site: str
) -> None:
    if variable:
        monkeypatch.setenv(variable, "other.example")
    workspace = open_workspace(CommonOptions(chdir=folder, environment=environment, site=site))
    assert workspace.site() == site
    assert workspace.settings.site == site
    assert credentials.read(workspace.settings.env).url == f"https://api.{site}"


def test_without_the_flag_nothing_changes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert open_workspace(CommonOptions(chdir=folder)).site() == "datadoghq.com"
    assert open_workspace(CommonOptions(chdir=folder, environment="prod")).site() == "us3.datadoghq.com"
    monkeypatch.setenv("DD_SITE", "datadoghq.eu")
    assert open_workspace(CommonOptions(chdir=folder)).site() == "datadoghq.eu"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--site", "datadoghq.eu", "--env", "prod", "plan"],
        ["plan", "--site", "datadoghq.eu", "--env", "prod"],
        ["--env", "prod", "plan", "--site", "datadoghq.eu"],
    ],
)
def test_program_and_command_take_both_flags_alike(
    folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    seen: list[CommonOptions] = []

    def note(common: CommonOptions, *_: object) -> None:
        seen.append(common)
        raise DdconfError("enough")

    monkeypatch.setattr("ddconf.cli.commands.plan.open_workspace", note)
    assert run(["-C", str(folder), *arguments]) == 1
    (common,) = seen
    assert (common.site, common.environment, common.chdir) == ("datadoghq.eu", "prod", folder)

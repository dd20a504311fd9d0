"""Settings: what ddconf.yaml, flags and the environment say together."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddconf.definitions.limit_settings import LimitSetting
from ddconf.definitions.settings import Facets, Settings, read
from ddconf.errors import DdconfError

from .folder import write_files


def settings_of(root: Path, text: str, **given: object) -> Settings:
    write_files(root, {"ddconf.yaml": text})
    return read(root, **given)  # type: ignore[arg-type]


def messages(root: Path, text: str, **given: object) -> list[str]:
    with pytest.raises(DdconfError) as raised:
        settings_of(root, text, **given)
    return [str(item).replace(str(root) + "/", "") for item in raised.value.diagnostics]


def test_without_a_file_everything_has_a_default(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert (settings.state, settings.site, settings.environment) == (".ddconf/state.json", None, None)
    assert settings.limits.of("monitor") == LimitSetting(0.3, 0.3, 10)
    assert settings.facets == Facets("manual", None, None)
    assert settings.variables == {} and settings.allow_writes == settings.allow_deletes == frozenset()


def test_an_empty_file_is_as_none(tmp_path: Path) -> None:
    assert settings_of(tmp_path, "# later\n") == read(tmp_path)


def test_everything_can_be_set(tmp_path: Path) -> None:
    settings = settings_of(
        tmp_path,
        """
        site: datadoghq.eu
        state: s3://bucket/state.json
        limits:
          deletes: 5
          kinds: {dashboard: {updates: 50%, minimum: 3}}
        facets: {source: dump, dump: facets.json, scope_id: 12}
        secrets: {A: {env: MY_A}, B: {file: keys/b}}
        allow_writes: [logs_integration_pipeline]
        allow_deletes: [logs_index.old]
        ignore: "*.values.yaml"
        """,
    )
    assert (settings.site, settings.state, settings.ignore) == (
        "datadoghq.eu",
        "s3://bucket/state.json",
        ("*.values.yaml", "facets.json"),
    )
    assert settings.limits.of("monitor") == LimitSetting(0.3, 5, 10)
    assert settings.limits.of("dashboard") == LimitSetting(0.5, 5, 3)
    assert settings.facets == Facets("dump", tmp_path / "facets.json", "12")
    assert settings.allow_writes == {"logs_integration_pipeline"}
    assert settings.allow_deletes == {"logs_index.old"}
    assert settings.secrets["B"].file == tmp_path / "keys" / "b"


# Variables and environments

VARIABLES = """
variables:
  env: dev
  count: 3
  team: {description: who answers, required: true}
environments:
  prod: {site: datadoghq.eu, variables: {env: prod, team: x}}
  own: {state: s3://b/own.json, variables: {team: y}}
"""


def test_flags_win_over_the_process_environment_and_that_over_the_file(tmp_path: Path) -> None:
    given = {
        "environment": "prod",
        "variables": {"count": "7"},
        "env": {"DDCONF_VAR_count": "5", "DDCONF_VAR_team": "z"},
    }
    assert settings_of(tmp_path, VARIABLES, **given).variables == {"env": "prod", "count": 7, "team": "z"}


def test_a_value_on_the_command_line_is_of_the_type_of_its_default(tmp_path: Path) -> None:
    text = "variables: {s: '5', n: 5, list: [a], flag: false, none: }"
    flags = {"s": "7", "n": "0.5", "list": "[b, 1]", "flag": "true", "none": "12"}
    expected = {"s": "7", "n": 0.5, "list": ["b", 1], "flag": True, "none": "12"}
    assert settings_of(tmp_path, text, variables=flags).variables == expected
    wrong = {"n": "many", "list": "b", "flag": "1"}
    assert messages(tmp_path, text, variables=wrong) == [
        "--var n: 'many' is not a number, as the default is",
        "--var list: 'b' is not a list, as the default is",
        "--var flag: '1' is not true or false, as the default is",
    ]


def test_a_required_variable_must_be_set(tmp_path: Path) -> None:
    assert messages(tmp_path, VARIABLES) == [
        "the variable 'team' is not set (use --var team=... or DDCONF_VAR_team)"
    ]


def test_a_variable_that_is_not_declared_cannot_be_set(tmp_path: Path) -> None:
    assert messages(tmp_path, "variables: {team: a}", variables={"taem": "b"}) == [
        "--var taem: no such variable (did you mean 'team'?)"
    ]


def test_an_environment_has_its_site_and_a_state_of_its_own(tmp_path: Path) -> None:
    prod = settings_of(tmp_path, VARIABLES, environment="prod")
    assert (prod.environment, prod.site, prod.state) == ("prod", "datadoghq.eu", ".ddconf/state.prod.json")
    assert settings_of(tmp_path, VARIABLES, environment="own").state == "s3://b/own.json"


def test_an_unknown_environment_is_refused(tmp_path: Path) -> None:
    assert messages(tmp_path, VARIABLES, environment="prd") == [
        "unknown environment 'prd' (did you mean 'prod'?)"
    ]


# Secrets


def test_a_secret_comes_from_the_process_environment_or_a_file(tmp_path: Path) -> None:
    write_files(tmp_path, {"keys/b": "of file\n"})
    text = "secrets: {A: {env: MY_A}, B: {file: keys/b}}"
    settings = settings_of(tmp_path, text, env={"MY_A": "of env", "DDCONF_SECRET_C": "by name"})
    assert [settings.secret(name) for name in "ABC"] == ["of env", "of file", "by name"]
    assert "of env" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("X", "the secret 'X' is not set (set the environment variable DDCONF_SECRET_X)"),
        ("B", "cannot be read"),
    ],
)
def test_a_secret_that_is_missing_is_said(tmp_path: Path, name: str, message: str) -> None:
    settings = settings_of(tmp_path, "secrets: {B: {file: nowhere}}")
    with pytest.raises(DdconfError) as raised:
        settings.secret(name)
    assert message in str(raised.value)


# Mistakes


def test_every_mistake_is_reported_with_its_place(tmp_path: Path) -> None:
    text = """\
    sites: x
    state: [1]
    variables: {9x: 1, v: {defualt: 2}}
    environments: {prod: {sites: 1, variables: {w: 1}}}
    limits: {deletes: many, kinds: {monitr: {deletes: 1}, monitor: {delete: 1}}}
    facets: {source: sesion}
    secrets: {A: {}, B: {env: X, file: y}}
    allow_writes: [nothing]
    allow_deletes: [monitor]
    """
    assert messages(tmp_path, text, environment="prod") == [
        "ddconf.yaml:1:1: unknown key 'sites' (did you mean 'site'?)",
        "ddconf.yaml:2:1: 'state' must be text, not a list",
        "ddconf.yaml:3:13: '9x' is not a name of a variable (use letters, digits, _ and -)",
        "ddconf.yaml:3:24: unknown key 'defualt' under 'variables.v' (did you mean 'default'?)",
        "ddconf.yaml:4:23: unknown key 'sites' under 'environments.prod' (did you mean 'site'?)",
        "ddconf.yaml:4:45: unknown key 'w' under 'environments.prod.variables' (known are: v)",
        "ddconf.yaml:5:10: 'many' is not a limit (write a count such as 5, or a share such as 30%)",
        "ddconf.yaml:5:33: unknown kind 'monitr' (did you mean 'monitor'?)",
        "ddconf.yaml:5:65: unknown key 'delete' under 'limits.kinds.monitor' (did you mean 'deletes'?)",
        "ddconf.yaml:6:10: unknown source of facets 'sesion' (did you mean 'session'?)",
        "ddconf.yaml:7:11: 'A' must say where it is read (write {env: NAME} or {file: PATH})",
        "ddconf.yaml:7:18: 'B' must say where it is read (write {env: NAME} or {file: PATH})",
        "ddconf.yaml:8:1: unknown kind 'nothing' (`ddconf kinds` lists all)",
        "ddconf.yaml:9:1: 'monitor' is not an address: expected KIND.NAME, as in monitor.cpu_high",
    ]


LIMIT = "is not a limit (write a count such as 5, or a share such as 30%)"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[a]", "1:1: this must be a mapping, not a list"),
        ("a: 1\n---\nb: 1", "3:1: the settings are one document (remove '---')"),
        ("facets: {source: dump}", "1:10: the dump's file is missing (add dump: FILE under facets:)"),
        ("limits: {deletes: 1.5}", f"1:10: '1.5' {LIMIT}"),
        ("limits: {deletes: true}", f"1:10: 'True' {LIMIT}"),
    ],
)
def test_a_mistake_is_said(tmp_path: Path, text: str, message: str) -> None:
    assert messages(tmp_path, text)[-1] == f"ddconf.yaml:{message}"

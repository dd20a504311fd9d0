"""Where keys, site and host come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddconf.datadog.http import credentials
from ddconf.errors import DdconfError

KEYS = {"DD_API_KEY": "aaaa1111", "DD_APP_KEY": "bbbb2222"}


def mistakes(env: dict[str, str]) -> str:
    with pytest.raises(DdconfError) as caught:
        credentials.read(env)
    return str(caught.value)


@pytest.mark.parametrize("prefix", ["DD", "DATADOG"])
def test_keys_are_read_under_both_prefixes(prefix: str) -> None:
    found = credentials.read({f"{prefix}_API_KEY": "a1", f"{prefix}_APP_KEY": "b2"})
    assert (found.api_key, found.app_key, found.site) == ("a1", "b2", "datadoghq.com")


@pytest.mark.parametrize(
    ("env", "url", "site"),
    [
        ({}, "https://api.datadoghq.com", "datadoghq.com"),
        ({"DD_SITE": "datadoghq.eu"}, "https://api.datadoghq.eu", "datadoghq.eu"),
        ({"DD_SITE": "https://app.datadoghq.eu/"}, "https://api.datadoghq.eu", "datadoghq.eu"),
        (
            {"DATADOG_HOST": "https://api.us5.datadoghq.com/"},
            "https://api.us5.datadoghq.com",
            "us5.datadoghq.com",
        ),
        ({"DD_HOST": "api.datadoghq.eu"}, "https://api.datadoghq.eu", "datadoghq.eu"),
        ({"DD_HOST": "http://127.0.0.1:8080"}, "http://127.0.0.1:8080", "127.0.0.1:8080"),
        ({"DD_HOST": "http://proxy:1", "DD_SITE": "datadoghq.eu"}, "http://proxy:1", "datadoghq.eu"),
    ],
)
def test_site_and_host_say_where_to_go(env: dict[str, str], url: str, site: str) -> None:
    found = credentials.read(KEYS | env)
    assert (found.url, found.site) == (url, site)


def test_the_caller_may_name_the_site() -> None:
    assert credentials.read(KEYS | {"DD_HOST": "http://127.0.0.1:9"}, site="sandbox").site == "sandbox"


def test_without_keys_both_ways_on_are_named() -> None:
    text = mistakes({})
    assert "DD_API_KEY" in text
    assert "DD_APP_KEY" in text
    assert "--sandbox" in text


def test_only_the_missing_key_is_named() -> None:
    assert "no credentials: DD_APP_KEY not set" in mistakes({"DD_API_KEY": "x"})


def test_keys_are_read_from_files(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("cccc3333\n")
    found = credentials.read({"DD_API_KEY_FILE": str(file), "DATADOG_APP_KEY_FILE": str(file)})
    assert (found.api_key, found.app_key) == ("cccc3333", "cccc3333")


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    env = {
        "DD_API_KEY": "one",
        "DATADOG_API_KEY": "two",
        "DD_APP_KEY_FILE": str(tmp_path / "absent"),
        "DATADOG_APP_KEY_FILE": str(tmp_path / "empty"),
        "DD_SITE": "no site!",
        "DD_HOST": "ftp://x",
    }
    text = mistakes(env)
    for part in ("DD_API_KEY and DATADOG_API_KEY", "absent", "is empty", "DD_SITE", "DD_HOST"):
        assert part in text
    assert "one" not in text.replace("unset one", "")


def test_a_bearer_token_is_enough_and_bars_an_application_key() -> None:
    assert credentials.read({"DD_BEARER_TOKEN": "t", "DD_API_KEY": "a"}).api_key == ""
    assert "DD_BEARER_TOKEN and DD_APP_KEY" in mistakes(KEYS | {"DATADOG_BEARER_TOKEN": "t"})


def test_a_key_that_would_break_a_header_is_refused_unseen() -> None:
    text = mistakes({"DD_API_KEY": "good\nX-Evil: 1", "DD_APP_KEY": "b"})
    assert "DD_API_KEY" in text
    assert "Evil" not in text


def test_credentials_do_not_show_their_secrets() -> None:
    found = credentials.read(KEYS)
    assert "aaaa1111" not in repr(found)
    assert set(found.secrets) == set(KEYS.values())

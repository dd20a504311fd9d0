"""How requests are repeated, as the environment says."""

from __future__ import annotations

import pytest

from ddconf.datadog.http.retry_settings import LONGEST_BACKOFF_SECONDS, Retry, read
from ddconf.errors import DdconfError
from tests.datadog.stub import Reply, script, served
from tests.datadog.test_client import connected, refusal


def test_without_any_variable_it_is_as_usual() -> None:
    assert read({}) == Retry()
    assert read({"DD_HTTP_CLIENT_RETRY_TIMEOUT": " "}) == Retry()


def test_every_variable_counts_under_both_prefixes() -> None:
    env = {
        "DD_HTTP_CLIENT_RETRY_MAX_RETRIES": "2",
        "DATADOG_HTTP_CLIENT_RETRY_TIMEOUT": "30",
        "DD_HTTP_CLIENT_RETRY_BACKOFF_BASE": "3",
        "DD_HTTP_CLIENT_RETRY_BACKOFF_MULTIPLIER": "0.5",
    }
    assert read(env) == Retry(tries=3, patience=30, base=3, multiplier=0.5)


def test_switched_off_there_is_one_try() -> None:
    env = {"DD_HTTP_CLIENT_RETRY_ENABLED": "false", "DD_HTTP_CLIENT_RETRY_MAX_RETRIES": "5"}
    assert read(env).tries == 1
    with served(script(Reply(503), Reply(503))) as stub:
        assert refusal(connected(stub.url, retry=read(env))).status == 503
    assert len(stub.got) == 1


def test_every_mistake_is_told() -> None:
    env = {"DD_HTTP_CLIENT_RETRY_ENABLED": "perhaps", "DATADOG_HTTP_CLIENT_RETRY_TIMEOUT": "-1"}
    with pytest.raises(DdconfError) as caught:
        read(env)
    assert [item.message for item in caught.value.diagnostics] == [
        "DD_HTTP_CLIENT_RETRY_ENABLED: 'perhaps' is neither true nor false",
        "DATADOG_HTTP_CLIENT_RETRY_TIMEOUT: '-1' is not a usable number",
    ]


def test_a_pause_grows_and_has_an_end() -> None:
    retry = Retry(base=2, multiplier=1)
    assert 1 <= retry.pause(1) <= 2 <= retry.pause(2) <= 4
    assert retry.pause(50) <= LONGEST_BACKOFF_SECONDS

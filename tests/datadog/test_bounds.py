"""Answers that would fill the memory or crash a run, and secrets that come back in other spellings."""

from __future__ import annotations

import base64
import gzip
import json
from html import escape
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ddconf.datadog.http import client as client_module
from ddconf.datadog.http.error_text import hidden
from ddconf.datadog.http.retry_settings import Retry
from ddconf.datadog.http.spellings import spellings
from ddconf.datadog.http.transport import DEEPEST, answer_of
from ddconf.document import is_deeper
from tests.datadog.stub import Reply, script, served
from tests.datadog.test_client import connected, refusal

SECRETS = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"), min_size=6
)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "RETRY", Retry(multiplier=0.002))


@pytest.mark.parametrize("status", [200, 500])
def test_a_gzip_bomb_is_given_up_at_once(status: int) -> None:
    bomb = gzip.compress(b" " * 80_000_000 + b"{}")
    reply = Reply(status, raw=bomb, headers={"Content-Encoding": "gzip", "Content-Type": "application/json"})
    with served(script(reply, reply, reply)) as stub:
        assert "unpacks to more than" in str(refusal(connected(stub.url)))
        assert len(stub.got) == 1


def test_a_large_answer_that_is_honestly_packed_is_read() -> None:
    rows = [{"id": number, "name": f"monitor {number * 7919}"} for number in range(60_000)]
    reply = Reply(raw=gzip.compress(json.dumps(rows).encode()), headers={"Content-Encoding": "gzip"})
    with served(script(reply)) as stub:
        assert connected(stub.url).request("GET", "/x") == rows


@pytest.mark.parametrize("number", ["1e999", "-1E+400", '[1, {"a": 1e9999}]', "Infinity", "NaN"])
def test_a_number_without_end_is_not_json(number: str) -> None:
    answer = answer_of(200, {}, f'{{"priority": {number}}}'.encode())
    assert not answer.is_json


def test_a_large_number_is_read() -> None:
    assert answer_of(200, {}, b'{"a": 1e300, "b": 1e-999}').body == {"a": 1e300, "b": 0.0}


@pytest.mark.parametrize("depth", [DEEPEST + 1, 500, 900, 100_000])
@pytest.mark.parametrize("shape", ["[{}]", '{{"a":{}}}', '["]",{}]', '[{},"}}"]', '{{"\\"]":{}}}'])
def test_bottomless_nesting_is_not_json(depth: int, shape: str) -> None:
    left, right = shape.replace("{}", "\0").replace("{{", "{").replace("}}", "}").split("\0")
    assert not answer_of(200, {}, (left * depth + "1" + right * depth).encode()).is_json


@given(
    st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_law_depth_is_counted_outside_of_strings(value: object) -> None:
    def depth(value: object) -> int:
        below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
        return 0 if below is None else 1 + max(map(depth, below), default=0)

    text = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    assert all(is_deeper(text, most) == (depth(value) > most) for most in range(6))


@given(SECRETS, st.binary(max_size=5))
def test_law_a_secret_is_struck_out_in_every_spelling(secret: str, before: bytes) -> None:
    assume(len(secret.encode()) > 8)
    struck = spellings(secret)
    for echoed in (
        secret,
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        quote(secret),
        quote(secret, safe=""),
        quote_plus(secret),
        escape(secret),
        json.dumps(escape(secret))[1:-1],
    ):
        assert hidden(f"no: {echoed} here", struck).replace("***", "").strip() == "no:  here"
    packed = base64.b64encode(before + secret.encode()).decode()
    left = hidden(packed, struck)
    assert "***" in left and len(left.replace("***", "")) <= len(base64.b64encode(before)) + 6

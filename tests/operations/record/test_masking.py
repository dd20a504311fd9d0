"""What is masked stands nowhere in a recording, in whatever form the log repeats it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from ddconf.operations.record.masking import Mask, Masker

EMAIL = 'ann "x"@shop.example'


def masked(document: dict[str, Any], *masks: str, key: bytes = b"k") -> str:
    return Masker([Mask.parse(mask) for mask in masks], key).line(json.dumps(document))


def event(message: str, **attributes: Any) -> dict[str, Any]:
    return {"id": "1", "type": "log", "attributes": {"message": message, "attributes": attributes}}


REPEATED = {
    "text": event(f"sold to {EMAIL}.", usr={"email": EMAIL}),
    "another case": event(f"sold to {EMAIL.upper()}", usr={"email": EMAIL}),
    "JSON in the message alone": event(json.dumps({"usr": {"email": EMAIL}, "n": 1}), n=1),
    "JSON in a text": event("x " + json.dumps({"who": EMAIL}), usr={"email": EMAIL}),
    "URL": event(f"GET /?u={quote(EMAIL, safe='')}", usr={"email": EMAIL}),
    "another attribute": event("", usr={"email": EMAIL}, copy=[{"of": EMAIL}], **{EMAIL: 1}),
    "list of users": event("", usr=[{"email": EMAIL}, {"email": "b@shop.example"}]),
    "list of values": event("", usr={"email": [EMAIL, "b@shop.example"]}),
    "key with a dot": event("", **{"usr.email": EMAIL}),
    "archive": {
        "_id": "1",
        "message": f"sold to {EMAIL}",
        "attributes": {"usr": {"email": EMAIL}},
        "tags": [],
    },
    "tag": {"message": "", "attributes": {"usr": {"email": EMAIL}}, "tags": [f"user:{EMAIL}"]},
    "search API without its type": {"id": "1", "attributes": {"attributes": {"usr": {"email": EMAIL}}}},
    "answer of another API": {
        "data": 1,
        "attributes": {"message": json.dumps({"usr": {"email": EMAIL}}), "attributes": {"n": 1}},
    },
    "log of a program": {"usr": {"email": EMAIL}, "text": f"by {EMAIL}"},
}


@pytest.mark.parametrize("document", REPEATED.values(), ids=REPEATED.keys())
@pytest.mark.parametrize("mask", ["usr.email", "@usr.email", "usr.email=nobody"])
def test_a_masked_value_is_nowhere_in_the_line(document: dict[str, Any], mask: str) -> None:
    line = masked(document, mask, "absent.path")
    for form in (EMAIL, json.dumps(EMAIL)[1:-1], json.dumps(json.dumps(EMAIL))[3:-3], quote(EMAIL, safe="")):
        assert form.lower() not in line.lower()
    assert ("nobody" if "=" in mask else "masked-") in line
    json.loads(line)


def test_equal_values_are_equal_within_a_recording_and_not_beyond() -> None:
    one, two = event("a", usr={"email": EMAIL}), event("b", usr={"email": EMAIL})
    hashes = [json.loads(masked(item, "usr.email"))["attributes"]["attributes"]["usr"] for item in (one, two)]
    assert hashes[0] == hashes[1]
    assert masked(one, "usr.email", key=b"k") != masked(one, "usr.email", key=b"l")


def test_words_that_only_hold_the_value_stay() -> None:
    line = masked(event("17 of 170 and 0.17 or x17", order=17), "order")
    log = json.loads(line)["attributes"]
    hashed = log["attributes"]["order"]
    assert hashed.startswith("masked-")
    assert log["message"] == f"{hashed} of 170 and 0.{hashed} or x17"


def test_a_reserved_field_can_be_masked() -> None:
    document = event("from h1.example")
    document["attributes"]["host"] = "h1.example"
    assert "h1.example" not in masked(document, "host")


@pytest.mark.parametrize(
    "line", ["text", "{", '{"a": 1}', '{"usr": {"email": ""}}', '{"usr": {"email": null}}']
)
def test_other_lines_stay(line: str) -> None:
    found = Masker([Mask.parse("usr.email")], b"k").line(line)
    assert found == line

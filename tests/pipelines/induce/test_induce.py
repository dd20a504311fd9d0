"""Rules from samples: each line is matched by a rule made of it, and lines of the same form are too."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.cli.group import run
from ddconf.pipelines.grok import compile_grok
from ddconf.pipelines.grok.cost import Bound
from ddconf.pipelines.grok.shape import Shapes
from ddconf.pipelines.grok.unreachable import unreachable
from ddconf.pipelines.induce import Induction, induce
from ddconf.pipelines.induce.dates import date_format

HEAD = "Nov 23 05:16:{second:02} box till[{second}]: "
FORMS = [
    "sold item {n} to 192.0.2.{n}:{n}",
    "level=warn user=u{n} took={n}ms",
    "Users: a{n}, Source IP: 192.0.2.{n}, Action: Log In",
    '{{"sold": {n}}}',
    "drawer opened by clerk{n}",
    "drawer (no. {n}) is closed 100% [sic] ^$",
]


def lines(begin: int, end: int) -> list[str]:
    return [HEAD.format(second=n) + form.format(n=n) for n in range(begin, end) for form in FORMS]


SEEN = induce(lines(1, 9))


def rule_of(induction: Induction, line: str) -> str:
    match = induction.grok().match(line)
    return match.rule if match else ""


def test_every_sample_is_matched_by_a_rule_that_was_made_of_it() -> None:
    made_of = {rule.name: rule.lines for rule in SEEN.rules}
    assert not SEEN.unproved
    for line in lines(1, 9):
        assert line in made_of[rule_of(SEEN, line)]


def test_other_lines_of_the_same_forms_are_matched_by_the_rules_of_their_forms() -> None:
    general = {rule.name for rule in SEEN.rules if rule.general}
    for line in lines(20, 29):
        assert rule_of(SEEN, line) not in {"", *general}, line


def test_a_new_form_is_left_to_the_rule_of_the_head() -> None:
    match = SEEN.grok().match(HEAD.format(second=7) + "nobody has ever said this")
    assert match is not None
    assert match.attributes["text"] == "nobody has ever said this"
    assert match.attributes["syslog"] == {"timestamp": "Nov 23 05:16:07", "procid": 7}


@pytest.mark.parametrize(
    ("form", "attributes"),
    [
        (FORMS[0], {"network": {"client": {"ip": "192.0.2.30", "port": 30}}, "item": 30}),
        (FORMS[1], {"level": "warn", "user": "u30", "took": 30}),
        (FORMS[2], {"usr": {"name": "a30"}, "network": {"client": {"ip": "192.0.2.30"}}, "action": "Log In"}),
        (FORMS[3], {"sold": 30}),
    ],
)
def test_names_come_from_keys_and_standard_attributes(form: str, attributes: dict[str, object]) -> None:
    match = SEEN.grok().match(HEAD.format(second=30) + form.format(n=30))
    assert match is not None
    assert attributes.items() <= match.attributes.items()


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=60), max_size=6))
def test_any_lines_give_rules_that_compile(texts: list[str]) -> None:
    induction = induce(texts)
    if induction.rules:
        induction.grok()


def test_the_command_writes_a_definition_whose_tests_pass(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "Till 1.log"
    file.write_text("\n".join(lines(1, 9)))
    (tmp_path / "ddconf.yaml").touch()
    assert run(["-C", str(tmp_path), "grok", "--induce", str(file)]) == 0
    assert "48 of 48 different lines matched" in capsys.readouterr().out
    assert run(["-C", str(tmp_path), "validate"]) == 0
    assert run(["-C", str(tmp_path), "test"]) == 0
    assert run(["-C", str(tmp_path), "lint"]) == 0
    pipeline = (tmp_path / "till-1" / "pipeline.yaml").read_text()
    assert "date-remapper" in pipeline
    assert "status-remapper" in pipeline
    assert run(["-C", str(tmp_path), "grok", "--induce", str(file)]) == 1
    assert "exists already" in capsys.readouterr().err


def test_the_steps_of_every_rule_grow_as_the_text_does() -> None:
    for name, tree in SEEN.grok().trees.items():
        steps = [Bound(length, Shapes(tree), {}).total() for length in (2_000, 4_000, 8_000)]
        assert steps[2] <= 2.2 * steps[1] <= 2.2**2 * steps[0], name


def test_a_message_of_any_text_after_the_fields_of_a_logging_framework_is_no_catch_all() -> None:
    seen = [
        "2024-05-01 10:00:00,123 WARN  [main] shop.Cart:17 - nothing in it",
        "2024-05-01 10:00:01,004 INFO  [pool-2] shop.Till:3 - opened by ann",
    ]
    induction = induce(seen)
    match = induction.grok().match(
        "2024-06-07 01:02:03,456 ERROR [pool-9] shop.web.Door:204 - whatever it says: 1"
    )
    assert match is not None
    assert match.rule in {rule.name for rule in induction.rules if rule.layout}
    assert match.attributes["date"] == 1717722123456
    assert (match.attributes["level"], match.attributes["text"]) == ("ERROR", "whatever it says: 1")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2024-05-01T10:00:00.123456Z", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSZ"),
        ("2024/05/01 10:00:00", "yyyy/MM/dd HH:mm:ss"),
        ("2024-05-01 10:00:00,1 UTC", "yyyy-MM-dd HH:mm:ss,S z"),
        ("2024-05-01_10:00:00+02:00", "yyyy-MM-dd_HH:mm:ssZ"),
        ("01/May/2024:10:00:00 +0200", "dd/MMM/yyyy:HH:mm:ss Z"),
    ],
)
def test_a_date_is_read_by_the_format_that_it_shows(text: str, form: str) -> None:
    assert date_format([text, text]) == form
    match = compile_grok(f'rule %{{date("{form}"):date}}').match(text)
    assert match is not None
    assert isinstance(match.attributes["date"], int)
    assert date_format([text, f"{text}!"]) == ""


def test_the_fields_of_the_common_event_format_are_named() -> None:
    line = "CEF:0|Vendor|Product|1.2|100|Door opened|{n}|src=192.0.2.1 msg=Door {n}"
    match = induce([line.format(n=n) for n in range(3)]).grok().match(line.format(n=7))
    assert match is not None
    cef = match.attributes["cef"]
    assert (cef["device_vendor"], cef["device_severity"]) == ("Vendor", "7")
    assert cef["extension"] == "src=192.0.2.1 msg=Door 7"


def test_no_proposed_rule_is_unreachable() -> None:
    assert not list(unreachable(SEEN.grok().trees))

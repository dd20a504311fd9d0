"""Rules from samples: each line is matched by a rule made of it, and lines of the same form are too."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.cli.group import run
from ddconf.pipelines.induce import Induction, induce

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
    assert run(["-C", str(tmp_path), "grok", "--induce", str(file)]) == 1
    assert "exists already" in capsys.readouterr().err

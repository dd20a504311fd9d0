"""Grok parsers from pipelines, files and texts, and what they make of lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddconf.definitions.yaml import reader
from ddconf.errors import DdconfError
from ddconf.operations.pipeline_tests.grok import Parser, compiled, parse, parsers_of, read_rules
from tests.operations.shop import PIPELINE
from tests.pipeline_tests import test_datadog_cases as assets

SHOP = reader.load(PIPELINE, "shop.yaml")[0][0]["logs_custom_pipeline"]["shop"]


def test_a_match_has_its_rule_and_typed_attributes() -> None:
    (parser,) = parsers_of(SHOP)
    parsed = parse(parser.compiled(), "GET / 200 1")
    assert parsed.match and parsed.match.rule == "access"
    assert parsed.match.attributes == {
        "http": {"method": "GET", "url": "/", "status_code": 200},
        "duration": 1.0,
    }
    assert isinstance(parsed.match.attributes["duration"], float)


def test_a_line_that_no_rule_matches_is_explained() -> None:
    parsed = parse(parsers_of(SHOP)[0].compiled(), "GET / abc")
    assert parsed.match is None and parsed.explanation and parsed.explanation.stop
    assert (parsed.explanation.rule, parsed.explanation.length) == ("access", 6)
    assert parsed.explanation.stop.source == "%{integer:http.status_code}"


def test_a_rule_that_runs_away_is_named() -> None:
    wild = Parser("", "wild %{data:a}-%{data:b}-%{data:c}-%{data:d}-%{data:e}x")
    assert parse(wild.compiled(), "x" + "-" * 5000).runaway == "wild"


def test_parsers_are_found_at_any_depth_and_by_name() -> None:
    nested = {"processors": [{"type": "pipeline", "processors": SHOP["processors"]}, *SHOP["processors"]]}
    assert [parser.name for parser in parsers_of(nested)] == ["Access", "Access"]
    assert len(parsers_of(nested, "Access")) == 2
    with pytest.raises(DdconfError, match=r"no grok parser 'Acess'.*there are: 'Access'"):
        parsers_of(SHOP, "Acess")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("rules.txt", "access %{word:verb}\n"),
        ("rules.yaml", "match_rules: |\n  access %{_verb}\nsupport_rules: _verb %{word:verb}\n"),
        ("grok.yaml", "grok:\n  match_rules: access %{word:verb}\nsamples: [GET]\n"),
        ("asset.yaml", assets.PIPELINE.replace("%{word:http.method} %{notSpace:http.url}", "%{word:verb}")),
        ("rules.json", '{"matchRules": "access %{word:verb}"}'),
    ],
)
def test_rules_are_read_from_files_of_every_form(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    (parser,) = read_rules(tmp_path / name)
    assert parser.compiled().parse("GET") == {"verb": "GET"}


def test_a_text_of_match_rules_takes_support_rules_from_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "rules").write_text("# none\naccess %{_verb}\n")
    (parser,) = read_rules(tmp_path / "rules", "_verb %{word:verb}")
    assert parser.compiled().parse("GET") == {"verb": "GET"}


def test_a_file_without_rules_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("monitor: {}\n")
    with pytest.raises(DdconfError, match="no grok rules in this file"):
        read_rules(tmp_path / "a.yaml")


def test_every_mistake_in_rules_is_drawn_in_its_rule() -> None:
    with pytest.raises(DdconfError) as raised:
        compiled((Parser("one", "a %{wrd:x}"), Parser("two", "b %{_h}", "_h %{integr:y}")))
    assert [(item.message, item.hint) for item in raised.value.diagnostics] == [
        (
            "match rules of 'one', line 1, column 5: 'wrd' is neither a matcher nor a rule\n"
            "  a %{wrd:x}\n"
            "      ^^^",
            "did you mean 'word'?",
        ),
        (
            "support rules of 'two', line 1, column 6: 'integr' is neither a matcher nor a rule\n"
            "  _h %{integr:y}\n"
            "       ^^^^^^",
            "did you mean 'integer'?",
        ),
    ]

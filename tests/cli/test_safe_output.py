"""Nothing that people outside wrote commands a terminal or a runner."""

from __future__ import annotations

import io
import json
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ddconf.cli.safe_output import SafeOutput, escape_controls, guarded_output

TELLING = st.sampled_from(
    ("::", "##[", "\n", "\r", "\x1b]0;x\x07", "\u202e", "\x9b", "\U000e0001", " ", "\t", "error::")
)
TEXTS = st.lists(TELLING | st.text(max_size=4), max_size=8).map("".join)


def printed(*texts: str) -> str:
    stream = io.StringIO()
    output = SafeOutput(stream, in_actions=True)
    for text in texts:
        output.write(text)
    return stream.getvalue()


@given(st.lists(TEXTS, max_size=4))
@example(["::\n ", "::"])
@example([":", ":error::x"])
@example(["#", "#", "[error]x"])
def test_law_no_line_is_a_command_and_no_character_is_obeyed(texts: list[str]) -> None:
    shown = printed(*texts)
    assert not any(line.strip().startswith("::") or "##[" in line for line in shown.split("\n"))
    for char in shown:
        assert char in "\n\t\u200d" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


@given(st.text())
def test_law_json_reads_the_same_after_it(text: str) -> None:
    stream = io.StringIO()
    SafeOutput(stream, in_actions=True).write(json.dumps({"a": text}, ensure_ascii=False))
    assert json.loads(stream.getvalue()) == json.loads(json.dumps({"a": text}))


def test_colours_of_ddconf_stay() -> None:
    assert escape_controls("\x1b[31mred\x1b[0m \x1b[8mhidden") == "\x1b[31mred\x1b[0m \\u001b[8mhidden"


@pytest.mark.parametrize(("in_actions", "shown"), [("true", "\\::error::x\n"), ("", "::error::x\n")])
def test_commands_are_defused_where_a_runner_listens(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], in_actions: str, shown: str
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", in_actions)
    with guarded_output():
        print("::error::x")
    assert capsys.readouterr().out == shown

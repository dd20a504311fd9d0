"""The commands that run logs offline, as a person types them; the pages about them are run as they stand."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ddconf.cli.group import run
from tests.e2e.conftest import Desk, Ran
from tests.operations.shop import PIPELINE, write

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {name: (DOCS / f"{name}.md").read_text("utf-8") for name in ("testing-pipelines", "testing-monitors")}
_FILE = re.compile(r"^```yaml\n# (?P<name>\S+)\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
_CONSOLE = re.compile(r"^```console\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (?P<command>.+)\n(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)
_SECONDS = re.compile(r"in \d+\.\d+s")

Command = Callable[..., Ran]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def ddconf(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    def command(*args: str, stdin: str = "") -> Ran:
        monkeypatch.setattr("sys.stdin", StringIO(stdin))
        capsys.readouterr()
        code = run(list(args))
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return command


def commands() -> list[tuple[str, str, str]]:
    """Each command of the pages with the output that it shows."""
    return [
        (page, match["command"], match["output"])
        for page, text in PAGES.items()
        for block in _CONSOLE.finditer(text)
        for match in _COMMAND.finditer(block["text"])
    ]


@pytest.mark.parametrize(("page", "line", "output"), commands(), ids=lambda value: value.split("\n")[0][:40])
def test_a_page_shows_what_the_command_prints(
    page: str, line: str, output: str, folder: Path, ddconf: Command
) -> None:
    for match in _FILE.finditer(PAGES[page]):
        below = "wrong" in line
        if match["name"].startswith("wrong/") == below or not match["name"].endswith(".test.yaml"):
            file = folder / match["name"]
            file.parent.mkdir(exist_ok=True)
            file.write_text(f"# {match['name']}\n{match['text']}", encoding="utf-8")
    words = shlex.split(line)
    stdin = f"{words[1]}\n" if words[0] == "echo" else ""
    ran = ddconf(*words[words.index("ddconf") + 1 :], stdin=stdin)
    assert _SECONDS.sub("", ran.out + ran.err).rstrip("\n") == _SECONDS.sub("", output).rstrip("\n")


def test_the_pages_have_commands_to_run() -> None:
    assert len(commands()) == 8


def test_results_as_json_have_a_summary_and_tests(folder: Path, ddconf: Command) -> None:
    write(folder, "- {log: GET / 200 1, expect: {duration: 2}}\n- {log: x, skip: later}")
    ran = ddconf("test", "--format", "json")
    result = json.loads(ran.out)
    assert list(result) == ["summary", "tests"]
    assert (ran.code, result["summary"]) == (1, {"passed": 1, "failed": 1, "skipped": 1})
    (failed,) = [test for test in result["tests"] if test["status"] == "failed"]
    assert (failed["suite"], failed["name"], failed["line"]) == ("logs_custom_pipeline.shop", "#1", 2)
    assert failed["differences"] == [{"place": "@duration", "expected": 2, "found": 1.0, "line": 2}]
    assert failed["message"] == "@duration: expected 2, found 1.0"


def test_a_processor_of_an_unknown_type_is_told_of(folder: Path, ddconf: Command) -> None:
    write(folder, "- {log: GET / 200 1}")
    file = folder / "shop.yaml"
    file.write_text(file.read_text().replace("type: status-remapper", "type: novel-remapper"))
    ran = ddconf("test")
    assert ran.code == 0
    assert "was passed over, its type 'novel-remapper' is unknown" in ran.err


def test_coverage_stands_in_the_json_where_it_was_asked_for(folder: Path, ddconf: Command) -> None:
    write(folder, "- {log: GET / 200 1, status: ok}")
    result = json.loads(ddconf("test", "--format", "json", "--coverage").out)
    assert [part["part"] for part in result["coverage"][0]["missed"]] == ["started", "", "error"]
    assert "'Outcome' never matched: error" in ddconf("test", "--coverage").out


def test_results_as_junit_are_xml_whatever_a_log_holds(folder: Path, ddconf: Command) -> None:
    write(folder, '- {log: "GET /\\x01<&> 200 1", expect: {http: {url: "/\\x02"}}}\n- {log: x, skip: "a <b"}')
    root = ElementTree.fromstring(ddconf("test", "--format", "junit").out)
    assert (root.get("tests"), root.get("failures"), root.get("skipped")) == ("3", "1", "1")
    (failure,) = root.iter("failure")
    assert failure.text and failure.text.startswith("@http.url: expected")
    assert [case.get("line") for case in root.iter("testcase")][1:] == ["2", "3"]


def test_a_line_for_each_test(folder: Path, ddconf: Command) -> None:
    write(folder, "- {log: GET / 200 1, name: fine}\n- {log: x, skip: later}")
    assert ddconf("test", "-v").out.splitlines()[:3] == [
        "logs_custom_pipeline.shop sample 1 of 'Access' PASSED  shop.yaml:12",
        "logs_custom_pipeline.shop fine PASSED  shop.test.yaml:2",
        "logs_custom_pipeline.shop #2 SKIPPED (later)  shop.test.yaml:3",
    ]


def test_an_update_shows_what_differs_then_writes_it(folder: Path, ddconf: Command) -> None:
    write(folder, "- log: GET / 200 1\n  expect: {duration: 2}   # seconds")
    ran = ddconf("test", "--update")
    assert ran.code == 0
    assert "expected 2\n    found    1.0" in ran.out
    assert "+    expect: {duration: 1.0}   # seconds" in ran.err
    assert "expect: {duration: 1.0}   # seconds" in (folder / "shop.test.yaml").read_text()
    assert ddconf("test").code == 0


def test_the_files_watched_are_run_again_until_interrupted(
    folder: Path, ddconf: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, "- {log: GET / 200 1, status: ok}")
    rounds = iter(
        [lambda: write(folder, "- {log: GET / 200 1, status: error}"), lambda: write(folder, "- {lgo: x}")]
    )

    def sleep(_seconds: float) -> None:
        step = next(rounds, None)
        if step is None:
            raise KeyboardInterrupt
        step()

    monkeypatch.setattr("ddconf.operations.watch.changes.__kwdefaults__", {"interval": 0.1, "sleep": sleep})
    ran = ddconf("test", "--watch")
    assert re.findall(r"\d (?:passed|failed)[^i]*", ran.out) == [
        "2 passed ",
        "1 failed, 1 passed ",
        "1 failed, 1 passed ",
    ]
    assert "unknown key 'lgo'" in ran.err
    assert ran.code == 130


def test_a_pipeline_with_a_mistake_is_shown_with_its_line(folder: Path, ddconf: Command) -> None:
    write(folder, "- {log: GET / 200 1}", PIPELINE.replace("%{number:duration}", "%{nmber:duration}"))
    ran = ddconf("test")
    assert ran.code == 1
    assert "--> shop.yaml:17:74" in ran.err and "hint: did you mean 'number'?" in ran.err
    assert "FAILED logs_custom_pipeline.shop: the pipeline cannot be compiled" in ran.out


def test_a_folder_with_nothing_to_test_is_an_error_with_a_hint(ddconf: Command) -> None:
    ran = ddconf("test")
    assert (ran.code, ran.out) == (1, "")
    assert "there is nothing to test" in ran.err and "hint: give grok parsers `samples`" in ran.err


def test_a_choice_that_no_test_meets_is_said_to_be_one(folder: Path, ddconf: Command) -> None:
    write(folder, "- {log: GET / 200 1}")
    ran = ddconf("test", "-k", "nowhere")
    assert (ran.code, ran.out) == (1, "")
    assert "no test has 'nowhere' in its address, name or file" in ran.err


def test_grok_gives_a_json_object_for_each_line(folder: Path, ddconf: Command) -> None:
    write(folder, "[]")
    ran = ddconf("grok", "logs_custom_pipeline.shop", "--format", "json", stdin="GET / 200 1\nGET / x\n")
    matched, missed = map(json.loads, ran.out.splitlines())
    assert (matched["matched"], matched["rule"], matched["attributes"]["duration"]) == (True, "access", 1.0)
    assert (missed["matched"], missed["rule"], missed["rest"]) == (False, "access", "x")
    assert matched["processor"] == missed["processor"] == "Access"
    assert missed["token"]["source"] == "%{_status}"
    assert missed["stop"]["source"] == "%{integer:http.status_code}"
    assert ran.code == 1


def test_grok_sums_up_a_large_file(folder: Path, ddconf: Command) -> None:
    write(folder, "[]")
    lines = [f"GET /{number} 200 1" if number % 100 else f"GET /{number} -" for number in range(2_000)]
    (folder / "access.log").write_text("\n".join(lines))
    ran = ddconf("grok", "shop", "--processor", "Access", "--logs", "access.log")
    assert ran.code == 1
    assert ran.out.count("no rule matches") == 5 + 1
    assert "... and 15 more that no rule matches" in ran.out
    assert "/1 200" not in ran.out
    assert "1980 of 2000 lines matched: access 1980" in ran.err


def test_grok_stops_showing_lines_that_match_after_some(folder: Path, ddconf: Command) -> None:
    write(folder, "[]")
    ran = ddconf("grok", "shop", "--processor", "Access", stdin="GET / 200 1\n" * 150)
    assert (ran.code, ran.out.count("GET / 200 1")) == (0, 100)
    assert "150 of 150 lines matched" in ran.err


def test_grok_takes_the_samples_of_a_parser(folder: Path, ddconf: Command) -> None:
    write(folder, "[]")
    ran = ddconf("grok", "shop", "--processor", "Access", "--samples")
    assert (ran.code, ran.err) == (0, "1 of 1 lines matched: access 1\n")
    assert '    http.method: "GET"  text\n' in ran.out


def test_grok_does_not_take_lines_for_the_text_of_an_attribute(folder: Path, ddconf: Command) -> None:
    write(folder, "[]", PIPELINE.replace("source: message", "source: raw"))
    ran = ddconf("grok", "shop", stdin="GET / 200 1\n")
    assert (ran.code, ran.out) == (1, "")
    assert "no grok parser here reads the message" in ran.err and "'Access' (@raw)" in ran.err
    assert ddconf("grok", "shop", "--processor", "Access", stdin="GET / 200 1\n").code == 0


def test_grok_without_rules_says_what_it_takes(ddconf: Command) -> None:
    ran = ddconf("grok")
    assert ran.code == 1
    assert "hint: give an address, a file, or --rule 'NAME PATTERN'" in ran.err


def test_logs_for_one_pipeline_have_the_source_of_its_filter(folder: Path, ddconf: Command) -> None:
    write(folder, "[]")
    logs = [
        json.loads(ddconf("simulate", *args, stdin="GET / 200 1\n").out)
        for args in (["shop"], ["shop", "--source", "other"], [])
    ]
    assert [log.get("status") for log in logs] == ["ok", None, None]
    assert (logs[0]["source"], logs[0]["service"]) == ("shop", "web")


def test_a_plan_tells_what_a_change_does_to_logs(desk: Desk) -> None:
    desk.write("shop.yaml", PIPELINE)
    desk.write("shop.test.yaml", "logs_custom_pipeline.shop:\n  - {log: PUT /a 201 2.5}\n")
    desk.done("apply", "--auto-approve")
    desk.write("shop.yaml", PIPELINE.replace("%{word:http.method}", '%{regex("GET"):http.method}'))
    for output in ("text", "markdown"):
        shown = desk.done("plan", "--format", output)
        assert "# On the samples and tests at hand:" in shown
        assert "rule access stops matching 1 of 2 logs" in shown
    document = json.loads(desk.done("plan", "--format", "json"))
    assert (
        "rule access stops matching 1 of 2 logs"
        in document["behaviour"]["logs_custom_pipeline.shop"]["lines"]
    )
    assert "behaviour" not in json.loads(desk.done("plan", "--format", "terraform"))


def test_logs_that_no_pipeline_takes_come_with_a_word_about_it(folder: Path, ddconf: Command) -> None:
    write(folder, "[]")
    ran = ddconf("simulate", stdin="GET / 200 1\n")
    assert json.loads(ran.out)["attributes"] == {}
    assert "No pipeline's filter matched: --source" in ran.err
    assert ddconf("simulate", "--source", "shop", "--service", "web", stdin="GET / 200 1\n").err == ""


def test_what_is_not_there_is_told(folder: Path, ddconf: Command) -> None:
    nothing = ddconf("simulate", stdin="GET / 200 1\n")
    assert (nothing.code, nothing.out) == (1, "")
    assert "there are no log pipelines here" in nothing.err
    write(folder, "[]")
    assert "did you mean 'logs_custom_pipeline.shop'?" in ddconf("simulate", "shpo").err
    assert "there is no file rules.grok" in ddconf("grok", "rules.grok").err


def test_a_command_that_waits_for_the_keyboard_says_so(
    folder: Path, ddconf: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    args = ("grok", "--rule", "r %{word:x}")
    assert "Ctrl-D" not in ddconf(*args, stdin="a\n").err
    monkeypatch.setitem(globals(), "StringIO", Keyboard)
    assert "Ctrl-D ends them" in ddconf(*args, stdin="a\n").err


class Keyboard(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_log_for_one_pipeline_carries_what_its_filter_asks_for(folder: Path, ddconf: Command) -> None:
    write(folder, "[]")
    file = folder / "shop.yaml"
    file.write_text(file.read_text().replace("source:shop service:web", "source:(shop OR cart) env:prod"))
    assert "env:prod" in file.read_text()
    log = json.loads(ddconf("simulate", "shop", stdin="GET / 200 1\n").out)
    assert (log["source"], log["tags"][0], log["status"]) == ("shop", "env:prod", "ok")


def test_bytes_that_are_no_text_are_replaced(folder: Path, ddconf: Command) -> None:
    write(folder, "[]")
    (folder / "bad.log").write_bytes(b"\xef\xbb\xbfGET /\xff 200 1\r\n")
    log = json.loads(ddconf("simulate", "shop", "--logs", "bad.log").out)
    assert (log["message"], log["attributes"]["http"]["url"]) == ("GET /\ufffd 200 1", "/\ufffd")
    assert "\ufffd" in ddconf("grok", "--rule", "r %{data:x}", "--logs", "bad.log").out


MONITOR = """\
monitor:
  errors:
    name: Errors
    type: log alert
    query: logs("status:error").index("*").rollup("count").by("service").last("5m") >= 3
    message: "{{value}} errors @slack-ops"
    options: {new_group_delay: 0}
"""
MONITOR_TESTS = """\
monitor.errors:
  - name: two errors
    logs: [{at: 30s, count: 2, log: {message: x, status: error, service: shop}}]
    until: 10m
    expect: {}
"""


def test_a_plan_tells_what_a_changed_monitor_does(desk: Desk) -> None:
    desk.write("errors.yaml", MONITOR)
    desk.write("errors.test.yaml", MONITOR_TESTS)
    desk.done("apply", "--auto-approve")
    desk.write("errors.yaml", MONITOR.replace(">= 3", ">= 2"))
    said = "alerts once instead of 0 (first 1m into 'two errors')"
    for output in ("text", "markdown"):
        shown = desk.done("plan", "--format", output)
        assert said in shown
        assert re.search(r"#\s+after   AAAAA·····\n", shown), shown
    page = desk.done("plan", "--format", "html")
    assert said.replace("'", "&#x27;") in page
    assert page.count("<polyline ") == 1 and "critical 3 before" in page
    text = desk.done("plan", "--format", "json")
    effect = json.loads(text)["behaviour"]["monitor.errors"]
    assert effect["lines"] == [said]
    assert [status for _, status in effect["charts"][0]["after"]["statuses"]] == ["Alert", "OK"]
    desk.write("saved.plan", text)
    desk.done("apply", "--auto-approve", str(desk.folder / "saved.plan"))
    assert "No changes" in desk.done("plan")

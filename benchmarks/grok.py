"""Grok: logs per second beside VRL in Rust (`pip install pyVRL`, optional) and beside the bare pattern."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Row, interleaved
from ddconf.definitions.yaml import reader
from ddconf.document import JSON
from ddconf.pipelines.grok import Grok, GrokTimeout, compile_grok
from ddconf.pipelines.grok.rules import parse_rules
from ddconf.preview import experiment

LINES, TIMES = 4_000, 7
NUMBERS = ("number", "integer")


@dataclass(frozen=True)
class Case:
    """Rules and a line that matches, with places for numbers."""

    name: str
    match: str
    support: str
    line: str

    def lines(self) -> list[str]:
        """All different, in their times too, as the lines of a busy server are."""
        return [
            self.line.format(second=number % 60, minute=number // 60 % 60, hour=number // 3600, n=number)
            for number in range(LINES)
        ]


QNAP = Case(
    "QNAP",
    "QNAP_Conn %{QNAP_initial} %{QNAP_conn_log}\nQNAP_Event %{QNAP_initial} %{QNAP_event_log}",
    r'QNAP_initial \<%{number:priority}\>%{date("MMM dd HH:mm:ss"):date}\s+%{ipOrHost:host}\s+'
    r"%{word:process_name}\[%{number:process_id}\]\:"
    "\n"
    r"QNAP_conn_log conn\s+log\:\s+Users\:\s+%{word:user},\s+Source\s+IP\:\s+%{ip:source_ip},\s+"
    r"Computer\s+name\:\s+%{data:computer_name},\s+Connection\s+type\:\s+%{word:connection_type},\s+"
    r"Accessed\s+resources\:\s+%{data:accessed_resources},\s+Action\:\s+%{data:action}"
    "\n"
    r"QNAP_event_log event\s+log\:\s+Users\:\s+%{word:user},\s+Source\s+IP\:\s+%{ip:source_ip},\s+"
    r"Computer\s+name\:\s+%{data:computer_name},\s+Content\:\s+%{data:msg}",
    "<30>Oct 30 {hour:02}:{minute:02}:{second:02} nas01 qulogd[14629]: conn log: Users: guest{n}, "
    "Source IP: 10.50.36.33, Computer name: laptop-{n}, Connection type: Samba, "
    "Accessed resources: Public/report {n}.xlsx, Action: Read",
)
NGINX = Case(
    "nginx",
    r'access.common %{_client_ip} %{_ident} %{_auth} \[%{_date}\] "(?>%{_method} |)%{_url}(?> %{_version}|)" '
    r"%{_status} (?>%{_bytes}|-)"
    "\n"
    r'access.combined %{access.common} (%{number:duration:scale(1000000000)} )?"%{_referer}" "%{_agent}"'
    r'( "%{_forwarded}")?.*',
    r"""_auth %{notSpace:http.auth:nullIf("-")}
_bytes %{integer:network.bytes_written}
_client_ip %{ipOrHost:network.client.ip}
_version HTTP\/%{regex("\\d+\\.\\d+"):http.version}
_url %{notSpace:http.url}
_ident %{notSpace:http.ident:nullIf("-")}
_agent %{regex("[^\\\"]*"):http.useragent}
_referer %{notSpace:http.referer:nullIf("-")}
_status %{integer:http.status_code}
_method %{word:http.method}
_date %{date("dd/MMM/yyyy:HH:mm:ss Z"):date_access}
_forwarded %{regex("[^\\\"]*"):http._x_forwarded_for:nullIf("-")}""",
    "172.16.{second}.7 - frank [13/Jul/2016:{hour:02}:{minute:02}:{second:02} +0000] "
    '"GET /shop/{n}?page=2 HTTP/1.1" 200 {n} "https://shop.example.com/cart" '
    '"Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko)" "-"',
)


def main() -> None:
    for case in (QNAP, NGINX):
        for row in compare(case):
            print(row)
    print(runaway())
    print(run_again())


def compare(case: Case) -> list[Row]:
    grok, lines = compile_grok(case.match, case.support), case.lines()
    assert all(grok.parse(line) for line in lines)
    measured = {"ours": per_line(grok.parse, lines), "bare": per_line(bare(grok), lines)}
    if (rust := vrl(case)) is not None:
        measured["vrl"] = per_line(lambda line: rust({"message": line}), lines)
    medians = interleaved(measured, TIMES)
    speed = "  ".join(f"{name} {1e-3 / seconds:.0f}k/s" for name, seconds in medians.items())
    rows = [Row(f"grok {case.name}: time / bare pattern", medians["ours"] / medians["bare"], 2.0, speed)]
    if "vrl" in medians:
        rows.append(Row(f"grok {case.name}: time / VRL parse_groks", medians["ours"] / medians["vrl"], 1.11))
    return rows


def per_line(function: Callable[[str], object], lines: list[str]) -> Callable[[], float]:
    """Seconds of the processor for a line, whatever else the machine does."""

    def measure() -> float:
        started = time.process_time()
        for line in lines:
            function(line)
        return (time.process_time() - started) / len(lines)

    return measure


def bare(grok: Grok) -> Callable[[str], object]:
    """The compiled patterns in order, their captures in a flat dict, numbers converted."""
    patterns = [
        (
            rule.pattern.quick,
            [
                (group, extract.path[-1], extract.label in NUMBERS)
                for group, extract in rule.pattern.emitted.extracts
            ],
        )
        for rule in grok.compiled
    ]

    def match(line: str) -> object:
        for pattern, slots in patterns:
            if found := pattern.match(line):
                groups = found.groups()
                return {key: float(groups[at]) if is_number else groups[at] for at, key, is_number in slots}
        return None

    return match


def vrl(case: Case) -> Callable[[dict[str, str]], object] | None:
    """The same rules in VRL, or None where pyVRL is not installed."""
    try:
        import pyvrl
    except ImportError:
        return None
    match, support = (parse_rules(text, "match")[0] for text in (case.match, case.support))
    named = {rule.name: rule.pattern for rule in match}
    patterns = [rule.pattern.replace("%{access.common}", named.get("access.common", "")) for rule in match]
    aliases = {rule.name: rule.pattern for rule in support}
    program = f". = parse_groks!(.message, patterns: {json.dumps(patterns)}, aliases: {json.dumps(aliases)})"
    transform: Callable[[dict[str, str]], object] = pyvrl.Transform(program).remap
    return transform


def runaway() -> Row:
    """Seconds until a rule that would run for hours is stopped by its limit of one second."""
    grok = compile_grok(r"endless (?:\w+\s?)+%{data:a} %{data:b} %{data:c} %{data:d}!")
    started = time.perf_counter()
    try:
        grok.parse("word " * 2_000)
    except GrokTimeout:
        return Row("grok: seconds until a runaway rule is stopped", time.perf_counter() - started, 1.0)
    raise AssertionError("the rule was not stopped")


def run_again() -> Row:
    """Seconds of the processor in which the preview runs ten samples again after an edit of a rule."""
    file = Path(__file__).parents[1] / "definitions/k8s-control-plane/pipeline.yaml"
    [(document, _)] = reader.load(file.read_text(encoding="utf-8"), str(file))
    pipeline = document["logs_custom_pipeline"]["haproxy"]
    grok = pipeline["processors"][0]
    samples = [grok["samples"][number % len(grok["samples"])] for number in range(10)]
    place: JSON = ["processors", 0, "grok", "match_rules"]
    seconds = []
    for key in "abcdefg":
        edit: dict[str, JSON] = {"path": place, "text": key + grok["grok"]["match_rules"]}
        started = time.process_time()
        answer = experiment.run(pipeline, samples, [edit])
        seconds.append(time.process_time() - started)
        assert not answer["problems"] and len(answer["samples"]) == 10
    return Row("ten samples run again after an edit, seconds", statistics.median(seconds), 0.1)


if __name__ == "__main__":
    main()

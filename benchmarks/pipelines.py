"""Pipelines of a web server beside their grok parser, `simulate` beside the API, others beside none."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.grok import NGINX, TIMES, per_line
from benchmarks.measure import Row, interleaved, run
from ddconf.definitions.yaml.write import dump
from ddconf.document import Document
from ddconf.pipelines import Log, Pipelines, compile_grok, compile_pipelines

OTHERS = 100
SIMULATED = 40_000


def pipeline(source: str) -> Document:
    """The processors that Datadog's pipelines of web servers have."""
    classes = {"OK": 2, "notice": 3, "warning": 4, "error": 5}
    processors: list[dict[str, Any]] = [
        {
            "type": "grok-parser",
            "source": "message",
            "grok": {"match_rules": NGINX.match, "support_rules": NGINX.support},
        },
        {"type": "url-parser", "sources": ["http.url"], "target": "http.url_details"},
        {"type": "user-agent-parser", "sources": ["http.useragent"], "target": "http.useragent_details"},
        {"type": "date-remapper", "sources": ["date_access"]},
        {
            "type": "category-processor",
            "target": "http.status_category",
            "categories": [
                {"name": name, "filter": {"query": f"@http.status_code:[{number}00 TO {number}99]"}}
                for name, number in classes.items()
            ],
        },
        {"type": "status-remapper", "sources": ["http.status_category", "level"]},
    ]
    return {
        "name": source,
        "is_enabled": True,
        "filter": {"query": f"source:{source}"},
        "processors": [{"name": item["type"], "is_enabled": True, **item} for item in processors],
    }


def runs(pipelines: Pipelines, line: str) -> None:
    pipelines.run(Log.from_text(line, source="nginx"), trace=False)


def main() -> None:
    lines, grok = NGINX.lines(), compile_grok(NGINX.match, NGINX.support)
    alone = compile_pipelines([pipeline("nginx")])
    crowd = compile_pipelines([pipeline(f"source{number}") for number in range(OTHERS)] + [pipeline("nginx")])
    medians = interleaved(
        {
            "grok": per_line(grok.parse, lines),
            "alone": per_line(lambda line: runs(alone, line), lines),
            "crowd": per_line(lambda line: runs(crowd, line), lines),
        },
        TIMES,
    )
    speed = "  ".join(f"{name} {1e-3 / seconds:.0f}k/s" for name, seconds in medians.items())
    print(
        Row(
            "pipeline of a web server: time / its grok parser", medians["alone"] / medians["grok"], 2.5, speed
        )
    )
    what = f"with {OTHERS} pipelines for other sources: time / without"
    print(Row(what, medians["crowd"] / medians["alone"], 1.1))
    print(simulated(alone))


def simulated(pipelines: Pipelines) -> Row:
    """`ddconf simulate` on one process, start-up taken off, beside the API that writes the same lines."""
    lines = (NGINX.lines() * (SIMULATED // 4_000 + 1))[:SIMULATED]
    started = time.process_time()
    for line in lines:
        pipelines.run(Log.from_text(line, source="nginx"), trace=False).log.as_json_line()
    api = time.process_time() - started
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pipeline.yaml").write_text(dump({"logs_custom_pipeline": {"nginx": pipeline("nginx")}}))
        seconds = [command(Path(folder), some) for some in (lines[:1], lines)]
    spent = seconds[1] - seconds[0]
    return Row("simulate: time / API", spent / api, 1.25, f"{1e-3 * SIMULATED / spent:.0f}k lines/s")


def command(folder: Path, lines: list[str]) -> float:
    """Seconds of the processor, whatever else the machine does."""
    Path(folder, "lines.log").write_text("".join(f"{line}\n" for line in lines))
    arguments = ["simulate", "nginx", "--logs", "lines.log", "--processes", "1"]
    ran = run([sys.executable, "-m", "ddconf", *arguments], folder=folder)
    assert ran.output.count("\n") == len(lines), ran.output
    return ran.cpu


if __name__ == "__main__":
    main()

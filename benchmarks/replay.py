"""A replay of a million logs: memory beside a tenth of them, and a regression in one of ten thousand lines.

`python -m benchmarks.replay 100000` takes another number of logs.
"""

from __future__ import annotations

import json
import os
import shlex
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from benchmarks.grok import NGINX
from benchmarks.measure import Row, Run, run
from benchmarks.pipelines import pipeline
from ddconf.document import Document

LOGS, RARE = 1_000_000, 10_000
SIZES = (' 200 {n} "', ' 304 - "')
"""How a line tells the bytes sent: mostly a number; where nothing was sent, a dash."""
LOST = (r"(?>%{_bytes}|-)", r"%{_bytes}")
"""The change: somebody thought that there always is a number."""


@dataclass(frozen=True)
class Replayed:
    """A run of the command, and the report that it printed."""

    run: Run
    report: Any

    def lost(self) -> int:
        return sum(finding["logs"] for finding in self.report["rule"] if finding["what"] == "lost")


def lines(count: int, rare: int) -> Iterator[str]:
    """Lines of a busy web server; each `rare`th has a dash."""
    common, planted = SIZES
    case = NGINX.line.replace(common, planted)
    dashed = case.format(second=0, minute=0, hour=0, n=0)
    for number, line in enumerate(islice(cycle(NGINX.lines()), count), 1):
        text = dashed if number % rare == 0 else line
        yield json.dumps({"message": text, "attributes": {}, "source": "nginx"})


def definitions(folder: Path, document: Document) -> None:
    folder.mkdir()
    (folder / "ddconf.yaml").write_text("{}\n")
    (folder / "pipeline.json").write_text(json.dumps({"logs_custom_pipeline": {"nginx": document}}))


def changed(document: Document) -> Document:
    """The pipeline without the dash."""
    text = json.dumps(document)
    old, new = (json.dumps(part)[1:-1] for part in LOST)
    assert old in text
    result: Document = json.loads(text.replace(old, new))
    return result


def replayed(folder: Path, count: int, rare: int, jobs: int) -> Replayed:
    """`ddconf replay` on so many logs."""
    file = folder / f"{count}.jsonl"
    with file.open("w") as stream:
        stream.writelines(f"{line}\n" for line in lines(count, rare))
    words = [sys.executable, "-m", "ddconf", "-C", "changed", "replay", file.name, "--before", "live"]
    command = shlex.join([*words, "--jobs", str(jobs), "--format", "json"])
    done = run(["sh", "-c", f"{command} || test $? = 2"], folder=folder)
    file.unlink()
    return Replayed(done, json.loads(done.output))


def measured(count: int, rare: int, jobs: int) -> tuple[Replayed, Replayed]:
    """A tenth of the logs, and all of them."""
    document = pipeline("nginx")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        definitions(folder / "live", document)
        definitions(folder / "changed", changed(document))
        return replayed(folder, count // 10, rare, jobs), replayed(folder, count, rare, jobs)


def main(count: int) -> None:
    jobs = os.cpu_count() or 1
    tenth, whole = measured(count, RARE, jobs)
    megabytes = [f"{one.report['logs']:,} logs {one.run.megabytes:.0f} MB" for one in (tenth, whole)]
    print(
        Row(
            "replay: memory / of a tenth of the logs",
            whole.run.megabytes / tenth.run.megabytes,
            1.1,
            ", ".join(megabytes),
        )
    )
    planted = count // RARE
    print(
        Row(
            "replay: planted regressions / those found",
            planted / max(1, whole.lost()),
            1,
            f"{planted} in {count:,} logs",
        )
    )
    speeds = f"{count / whole.run.seconds:,.0f} logs/s, {count / whole.run.cpu:,.0f} a second of processor"
    print(f"{'':6}{jobs} jobs, {speeds}")
    for finding in whole.report["rule"]:
        print(f"{'':6}{finding['what']}: {finding['name']} ({finding['logs']:,} logs)")
    shown = next(finding for finding in whole.report["rule"] if finding["what"] == "lost")
    print(f"{'':6}{shown['file']}:{shown['line']}: {shown['example'][:100]}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LOGS)

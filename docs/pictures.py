"""Make the pictures of docs/images from real logs: `make pictures`; DDCONF_CORPUS names their folder."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from subprocess import run

from ddconf.definitions.load import load
from ddconf.definitions.settings import read
from ddconf.operations.pipeline_tests.defined_pipelines import pipelines_of, ready
from ddconf.operations.preview import LogFile, file_logs, processed, units_of
from ddconf.preview.material import Material
from ddconf.preview.screenshot import screenshot
from ddconf.preview.site import Site

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
LOGS = {
    "netflow": (("netflow", "netflow/v9-short-timeouts.jsonl"), ("netflow", "netflow/v5-defaults.jsonl")),
    "qnap-nas": (
        ("qnap-nas", "qnap/made-by-us.log"),
        ("qnap-nas", "qnap/public-with-pri.log"),
        ("qnap-nas", "qnap/public-without-pri.log"),
    ),
    "k8s-control-plane": (
        ("haproxy", "haproxy/wire-lb1.log"),
        ("haproxy", "haproxy/wire-lb2.log"),
        ("keepalived", "keepalived/wire-lb1.log"),
        ("keepalived", "keepalived/wire-lb2.log"),
    ),
}
"""The recorded logs of each dashboard: the pipeline that a file is meant for, and the file."""
_HEIGHTS = {"netflow": 1640, "qnap-nas": 1500, "k8s-control-plane": 1500}


def now() -> datetime:
    """The clock of the recordings, since syslog names no year."""
    return datetime(2026, 11, 23, 12, tzinfo=UTC)


def material(name: str, corpus: Path) -> Material:
    """What the pages of a dashboard's recorded logs are made of."""
    root = ROOT / "definitions"
    definitions = load(root, read(root, env={}))
    found: dict[str, dict[str, dict[str, object]]] = {}
    for address, item in definitions.items.items():
        found.setdefault(address.kind, {})[address.name] = ready(item)
    pipelines = {address.name: document for address, document in pipelines_of(definitions).items()}
    files = [LogFile(corpus / "samples" / file, pipeline) for pipeline, file in LOGS[name]]
    arriving = file_logs(files, pipelines, now)
    return Material(
        found["dashboard"],
        pipelines,
        list(found["monitor"].values()),
        arriving,
        processed(pipelines, arriving, now=now),
        units_of(found["logs_facet"].values()),
        "https://app.datadoghq.com",
        now,
    )


def main() -> None:
    corpus = Path(os.environ.get("DDCONF_CORPUS", ROOT.parent / "shared" / "corpus2"))
    if not corpus.is_dir():
        sys.exit(f"no folder {corpus}: set DDCONF_CORPUS")
    for name, height in _HEIGHTS.items():
        site = Site(material(name, corpus))
        screenshot(site.page(f"dashboard.{name}", {}), IMAGES / f"{name}.png", height=height)
        if name == "k8s-control-plane":
            screenshot(site.page("pipeline.haproxy", {}), IMAGES / "pipeline.png", height=1000)
    screenshot(monitor_page(), IMAGES / "monitor.png", height=860)
    with changed_definitions() as folder:
        screenshot(plan_page(folder), IMAGES / "plan.png", height=1650)
    with changed_threshold() as folder:
        screenshot(plan_page(folder), IMAGES / "plan-threshold.png", height=1000)


def monitor_page() -> str:
    """The page of a monitor over its test cases, which need no recorded logs."""
    with tempfile.TemporaryDirectory(prefix="ddconf-") as temporary:
        file = Path(temporary, "monitor.html")
        _ddconf(ROOT / "definitions", "preview", "monitor.vrrp-flapping", "--out", str(file))
        return file.read_text("utf-8")


@contextmanager
def changed_definitions() -> Iterator[Path]:
    """The definitions applied to a sandbox, and then changed: a widget, a layout, a pipeline, a monitor."""
    with tempfile.TemporaryDirectory(prefix="ddconf-") as temporary:
        folder = Path(temporary, "definitions")
        copytree(ROOT / "definitions", folder, ignore=lambda *_: [".ddconf"])
        _ddconf(folder, "apply", "--auto-approve")
        dashboard = folder / "netflow" / "dashboard.yaml"
        text = dashboard.read_text("utf-8")
        before, packets, after = _cut(text, "            - definition:\n                title: Packets")
        after = after.replace(
            "layout: {x: 5, y: 3, width: 2, height: 2}", "layout: {x: 3, y: 3, width: 4, height: 2}"
        )
        dashboard.write_text(before.replace("Total traffic", "Traffic in total") + after, "utf-8")
        assert "Packets" in packets
        _replace(folder / "netflow" / "pipeline.yaml", "- 443,https", "- 443,tls")
        yield folder


@contextmanager
def changed_threshold() -> Iterator[Path]:
    """The definitions applied to a sandbox, and then one monitor that alerts on three instead of four."""
    with tempfile.TemporaryDirectory(prefix="ddconf-") as temporary:
        folder = Path(temporary, "definitions")
        copytree(ROOT / "definitions", folder, ignore=lambda *_: [".ddconf"])
        _ddconf(folder, "apply", "--auto-approve")
        file = folder / "k8s-control-plane" / "monitors.yaml"
        _replace(file, '.last("15m") >= 4', '.last("15m") >= 3')
        _replace(file, "thresholds: {critical: 4, warning: 2}", "thresholds: {critical: 3, warning: 2}")
        yield folder


def plan_text(folder: Path) -> str:
    return _ddconf(folder, "plan", "--no-color")


def _cut(text: str, start: str) -> tuple[str, str, str]:
    """The text before a widget, the widget, and the text after it."""
    begin = text.index(start)
    end = text.index("\n            - definition:", begin + 1) + 1
    return text[:begin], text[begin:end], text[end:]


def _replace(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def plan_page(folder: Path) -> str:
    return _ddconf(folder, "plan", "--format", "html")


def _ddconf(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "ddconf", "--sandbox", *arguments]
    return run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()

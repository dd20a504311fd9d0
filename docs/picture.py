"""Draws docs/plan.svg, the README's picture of a plan, from a real one; run by `make picture`."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.request import Request, urlopen

from rich.console import Console
from rich.text import Text

from ddconf.cli.embedded import emulator

PICTURE = Path(__file__).parent / "plan.svg"
COMMAND = "ddconf plan"
KEYS = {"DD-API-KEY": "sandbox", "DD-APPLICATION-KEY": "sandbox", "Content-Type": "application/json"}

BEFORE = """\
monitor:
  cpu_high:
    name: CPU is high on prod
    type: query alert
    query: avg(last_5m):avg:system.cpu.user{env:prod} by {host} > 90
    message: CPU of {{host.name}} is at {{value}} %.
    options: {thresholds: {critical: 90}}
  disk_full:
    name: Disk is nearly full
    type: query alert
    query: avg(last_15m):max:system.disk.in_use{env:prod} by {host} > 0.9
    message: Only little room is left on {{host.name}}.
    options: {thresholds: {critical: 0.9}}
logs_custom_pipeline:
  nginx:
    name: nginx
    is_enabled: true
    filter: {query: "source:nginx"}
    processors:
      - type: grok-parser
        name: Parse the access log
        is_enabled: true
        source: message
        grok:
          support_rules: ""
          match_rules: |
            access %{ipOrHost:network.client.ip} %{word:http.method} %{notSpace:http.url}
            error %{data:error.message}
      - {type: date-remapper, name: Official date, is_enabled: true, sources: [date]}
      - {type: status-remapper, name: Status, is_enabled: true, sources: [level]}
  haproxy: {name: HAProxy, is_enabled: true, filter: {query: "source:haproxy"}, processors: []}
logs_pipeline_order:
  order: {pipeline_ids: ["${logs_custom_pipeline.nginx}", "${logs_custom_pipeline.haproxy}"]}
"""
EDITS = (
    (" > 90\n", " > 95\n"),
    ("critical: 90}", "critical: 95}"),
    ("error %{data:error.message}", "error %{word:error.kind}: %{data:error.message}"),
    (
        "      - {type: date-remapper",
        "      - {type: url-parser, name: URL, is_enabled: true, sources: [http.url], target: http.parts}\n"
        "      - {type: date-remapper",
    ),
    (
        '"${logs_custom_pipeline.nginx}", "${logs_custom_pipeline.haproxy}"',
        '"${logs_custom_pipeline.haproxy}", "${logs_custom_pipeline.nginx}"',
    ),
)


def edited(text: str) -> str:
    for before, after in EDITS:
        assert before in text, before
        text = text.replace(before, after)
    return text


def ddconf(folder: Path, *arguments: str) -> str:
    """Run on the folder's sandbox, in colours; returns what it printed."""
    command = [sys.executable, "-m", "ddconf", *arguments]
    env = {**os.environ, "FORCE_COLOR": "1", "DDCONF_SANDBOX": "1"}
    return subprocess.run(command, cwd=folder, env=env, text=True, capture_output=True, check=True).stdout


def edit_by_hand(folder: Path) -> None:
    """Somebody else changes the second monitor in the web interface."""
    with emulator(folder / ".ddconf" / "sandbox") as url:
        monitors = json.load(urlopen(Request(f"{url}/api/v1/monitor", headers=KEYS)))
        monitor = next(one for one in monitors if one["name"] == "Disk is nearly full")
        body = json.dumps({"message": "Only little room is left. Call Alice."}).encode()
        urlopen(Request(f"{url}/api/v1/monitor/{monitor['id']}", body, KEYS, method="PUT"))


def plan() -> str:
    """What ddconf prints of the edits to the definitions and of the one by hand."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "definitions.yaml"
        file.write_text(BEFORE, encoding="utf-8")
        ddconf(folder, "apply", "--auto-approve")
        edit_by_hand(folder)
        file.write_text(edited(BEFORE), encoding="utf-8")
        return ddconf(folder, "plan")


def main() -> None:
    with Path(os.devnull).open("w") as nowhere:
        console = Console(record=True, width=112, file=nowhere, force_terminal=True)
        console.print(Text.assemble("$ ", (COMMAND, "bold")))
        console.print(Text.from_ansi(plan().rstrip()))
    svg = console.export_svg(title=COMMAND)
    # Without the fonts that it would load from elsewhere: any monospaced one will do.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL).replace("Fira Code", "monospace")
    PICTURE.write_text(svg, encoding="utf-8")
    print(f"wrote {PICTURE}")


if __name__ == "__main__":
    main()

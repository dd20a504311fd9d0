"""syslog-ng sends what it reads: as JSON, and as the line of syslog that Datadog's own recipe has it send."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ddconf.testing import sandbox
from tests.shippers.conftest import ROOT, Target, program

_CONFIGURATION = """
@version: 3.38
options {{ keep-hostname(yes); }};
source lines {{ file("{lines}" follow-freq(0.1) flags(syslog-protocol)); }};
destination datadog {{
  http(
    url("{url}/api/v2/logs") method("POST")
    headers("DD-API-KEY: key", "Content-Type: application/json")
    body({body})
  );
}};
log {{ source(lines); destination(datadog); }};
"""
_AS_JSON = """'$(format-json message="$MSG" hostname="$HOST" service="$PROGRAM"
  ddsource="syslog" ddtags="env:a" syslog.severity=int64($LEVEL_NUM) timestamp="$ISODATE")'"""
_AS_SYSLOG = r'"<${PRI}>1 ${ISODATE} ${HOST:--} ${PROGRAM:--} ${PID:--} ${MSGID:--} ${SDATA:--} $MSG\n"'
_LINE = '<131>1 2030-01-02T03:04:05.678+00:00 lb1 haproxy 31 - [x@1 k="v"] Server a/b is DOWN\n'


@contextmanager
def running(
    folder: Path, url: str, body: str = "", *, text: str = _LINE, configuration: str = _CONFIGURATION
) -> Iterator[None]:
    lines = folder / "lines.log"
    lines.write_text(text)
    file = folder / "syslog-ng.conf"
    file.write_text(configuration.format(lines=lines, url=url, body=body))
    own = {"-R": "persist", "-p": "pid", "-c": "control"}
    command = [program("syslog-ng"), "-F", "--no-caps", "-f", str(file)]
    command += [part for flag, name in own.items() for part in (flag, str(folder / name))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield
        finally:
            process.terminate()


def has_http() -> None:
    """The module for HTTP is a package of its own."""
    said = subprocess.run([program("syslog-ng"), "--module-registry"], capture_output=True, text=True)
    if not re.search(r"^Module: http$", said.stdout, re.MULTILINE):
        pytest.skip("syslog-ng lacks its HTTP module (syslog-ng-mod-http)")


@pytest.mark.slow
def test_json_by_a_template(target: Target, tmp_path: Path) -> None:
    has_http()
    with running(tmp_path, target.url, _AS_JSON):
        (log,) = target.logs(1)
    assert (log.message, log.host, log.service, log.source) == (
        "Server a/b is DOWN",
        "lb1",
        "haproxy",
        "syslog",
    )
    assert (log.status, log.tags[0]) == ("error", "env:a")


@pytest.mark.slow
def test_the_documented_line_of_syslog(target: Target, tmp_path: Path) -> None:
    has_http()
    with running(tmp_path, target.url, _AS_SYSLOG):
        (log,) = target.logs(1)
    assert (log.message, log.host, log.service, log.status) == (
        "Server a/b is DOWN",
        "lb1",
        "haproxy",
        "error",
    )
    assert log.attributes["syslog"]["structured_data"]["x@1"] == {"k": "v"}


_QNAP = """
@version: 3.38
options {{ keep-hostname(yes); }};
source lines {{ file("{lines}" follow-freq(0.1) flags(no-parse)); }};
destination datadog {{
  http(
    url("{url}/api/v2/logs") method("POST")
    headers("DD-API-KEY: key", "Content-Type: application/json")
    body('$(format-json message="$MSG" service="qnap-nas" ddsource="qulogd")')
  );
}};
log {{ source(lines); destination(datadog); }};
"""


@pytest.mark.slow
def test_lines_of_a_nas_reach_the_pipeline_of_the_nas(corpus: Path, tmp_path: Path) -> None:
    has_http()
    file = corpus / "samples" / "qnap" / "public-with-pri.log"
    if not file.is_file():
        pytest.skip(f"no {file.name} in {corpus}")
    lines = file.read_text().splitlines()
    with sandbox(ROOT / "definitions", options=("--any-age",)) as lab:
        lab.ask("/_sandbox/clock", {"release": True})
        with running(tmp_path, lab.url, text=file.read_text(), configuration=_QNAP):
            lab.wait_for(lambda: lab.ask("/_sandbox/health")["logs"]["indexed"] == len(lines), seconds=60)
        found = lab.logs("service:qnap-nas @usr.name:*", start="now-370d")
    assert "success" in {log.attributes["evt"]["outcome"] for log in found if "evt" in log.attributes}

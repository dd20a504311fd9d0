"""log4j2's HTTP appender with its JSON template layout, as Datadog documents it for Java without an Agent."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.shippers.conftest import Target, installed, program

_CONFIGURATION = """<?xml version="1.0" encoding="UTF-8"?>
<Configuration status="warn">
  <Appenders>
    <Http name="datadog" url="{url}/api/v2/logs?ddsource=java&amp;service=shop&amp;ddtags=env:a,team:b">
      <Property name="Content-Type" value="application/json"/>
      <Property name="DD-API-KEY" value="key"/>
      <JsonTemplateLayout eventTemplateUri="classpath:EcsLayout.json"/>
    </Http>
  </Appenders>
  <Loggers><Root level="info"><AppenderRef ref="datadog"/></Root></Loggers>
</Configuration>
"""
_PROGRAM = """
import org.apache.logging.log4j.LogManager;
public class Main {
  public static void main(String[] arguments) {
    LogManager.getLogger("shop.Orders").error("order 7 failed");
    LogManager.shutdown();
  }
}
"""


@pytest.mark.slow
def test_the_http_appender(target: Target, tmp_path: Path) -> None:
    jars = sorted(installed("log4j").glob("*.jar"))
    (tmp_path / "log4j2.xml").write_text(_CONFIGURATION.format(url=target.url))
    (tmp_path / "Main.java").write_text(_PROGRAM)
    path = ":".join([*map(str, jars), str(tmp_path)])
    command = [program("java"), "-cp", path, f"-Dlog4j2.configurationFile={tmp_path / 'log4j2.xml'}"]
    done = subprocess.run(
        [*command, str(tmp_path / "Main.java")], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    (log,) = target.logs(1)
    assert (log.message, log.source, log.service) == ("order 7 failed", "java", "shop")
    assert log.tags[:2] == ("env:a", "team:b")
    assert log.attributes["log.logger"] == "shop.Orders"

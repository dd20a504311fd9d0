"""Datadog's log-asset files become definitions."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddconf.definitions.yaml import reader
from ddconf.errors import DdconfError
from ddconf.operations.convert import convert

ASSET = """\
id: web-server
metric_id: web
facets:
  - {groups: [Web Access], name: Method, path: http.method, source: log}
  - {groups: [Web Access], name: Duration, path: duration, source: log, facetType: range, type: double,
     unit: {family: time, name: nanosecond}}
pipeline:
  type: pipeline
  name: Web server
  enabled: true
  filter: {query: "source:web"}
  processors:
    - type: grok-parser
      name: access
      enabled: true
      source: message
      samples: ["GET / ${x}"]
      grok:
        matchRules: access %{word:http.method} %{notSpace:http.url}
        supportRules: ""
    - type: lookup-processor
      name: table
      enabled: true
      source: a
      target: b
      lookupTable: "1,one\\n2,two\\n"
"""


def test_an_asset_file_becomes_a_pipeline_and_its_facets(tmp_path: Path) -> None:
    file = tmp_path / "web.yaml"
    file.write_text(ASSET)
    ((document, _),) = reader.load(convert(file), "converted")
    pipeline = document["logs_custom_pipeline"]["web-server"]
    assert pipeline["is_enabled"] is True and "type" not in pipeline
    grok, table = pipeline["processors"]
    assert grok["grok"]["match_rules"] == "access %{word:http.method} %{notSpace:http.url}"
    assert grok["samples"] == ["GET / $${x}"], "what looks like a reference is escaped"
    assert table["lookup_table"] == ["1,one", "2,two"]
    assert set(document["logs_facet"]) == {"web-server_http_method", "web-server_duration"}
    assert document["logs_facet"]["web-server_duration"]["unit"] == {"family": "time", "name": "nanosecond"}


def test_a_key_that_stands_twice_counts_the_last_time(tmp_path: Path) -> None:
    file = tmp_path / "web.yaml"
    file.write_text(ASSET.replace("  name: Web server\n", "  name: Old\n  name: Web server\n"))
    assert "name: Web server" in convert(file)


def test_what_is_no_asset_file_is_refused_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "other.yaml"
    file.write_text("monitor: {a: {name: x}}\n")
    with pytest.raises(DdconfError, match="not a file that can be converted"):
        convert(file)

"""A folder with a pipeline of a shop's access log, for tests of what runs logs."""

from __future__ import annotations

from pathlib import Path

from ddconf.definitions.settings import read
from ddconf.operations.pipeline_tests.run import run
from ddconf.operations.pipeline_tests.suites import Collection, collect
from ddconf.pipelines.verdict import Report

PIPELINE = """\
logs_custom_pipeline:
  shop:
    name: Shop
    is_enabled: true
    filter: {query: "source:shop service:web"}
    processors:
      - type: grok-parser
        name: Access
        is_enabled: true
        source: message
        samples:
          - GET /cart 200 12.5
        grok:
          support_rules: |
            _status %{integer:http.status_code}
          match_rules: |
            access %{word:http.method} %{notSpace:http.url} %{_status} %{number:duration}
            started started at %{date("MMM dd HH:mm:ss"):time}
      - {type: date-remapper, name: Time, is_enabled: true, sources: [time]}
      - type: category-processor
        name: Outcome
        is_enabled: true
        target: http.status_category
        categories:
          - {name: OK, filter: {query: "@http.status_code:[200 TO 299]"}}
          - {name: error, filter: {query: "@http.status_code:>=500"}}
      - {type: status-remapper, name: Status, is_enabled: true, sources: [http.status_category]}
      - type: attribute-remapper
        name: Verb
        is_enabled: true
        sources: [http.method]
        source_type: attribute
        target: verb
        target_type: tag
        preserve_source: true
"""


def write(folder: Path, tests: str, pipeline: str = PIPELINE) -> Path:
    """The folder with the pipeline and a test file, whose cases are those of the pipeline."""
    (folder / "shop.yaml").write_text(pipeline, encoding="utf-8")
    lines = "".join(f"  {line}\n" if line else "\n" for line in tests.splitlines())
    (folder / "shop.test.yaml").write_text(f"logs_custom_pipeline.shop:\n{lines}", encoding="utf-8")
    return folder


def collection(folder: Path, *paths: Path) -> Collection:
    return collect(folder, read(folder), paths)


def reports(folder: Path, *paths: Path, processes: int | None = None) -> list[Report]:
    return list(run(collection(folder, *paths), processes=processes))


def statuses(found: list[Report]) -> list[str]:
    """The samples first, then the cases of the test file."""
    return [str(verdict.status) for report in found for verdict in report.verdicts]

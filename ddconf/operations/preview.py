"""The logs that a preview is drawn from: those of files, or else of the pipelines' tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ddconf.definitions.settings import Settings
from ddconf.document import Document, get
from ddconf.document import Path as Place
from ddconf.errors import DdconfError, Diagnostic
from ddconf.operations.pipeline_tests.defined_pipelines import KIND, ORDER
from ddconf.operations.pipeline_tests.suites import Collection, collect
from ddconf.pipelines.engine import compile_pipelines
from ddconf.pipelines.enrichment import Enrichment
from ddconf.pipelines.log import Log
from ddconf.pipelines.query import parse_query
from ddconf.pipelines.sample_context import log_for_filter
from ddconf.pipelines.timestamp import Clock


@dataclass(frozen=True, slots=True)
class LogFile:
    """Lines of text or JSON; `pipeline` is the one that they are meant for, where they do not tell."""

    file: Path
    pipeline: str | None = None


def file_logs(files: Iterable[LogFile], pipelines: Mapping[str, Document], now: Clock) -> list[Log]:
    """The logs of files as they arrive; raises DdconfError with every file that cannot be read."""
    found: list[Log] = []
    mistakes: list[Diagnostic] = []
    for item in files:
        try:
            wanted = _wanted(item.pipeline, pipelines)
            lines = item.file.read_text(encoding="utf-8-sig", errors="replace").split("\n")
        except DdconfError as error:
            mistakes += error.diagnostics
        except OSError as error:
            mistakes.append(Diagnostic(f"cannot read {item.file}: {error.strerror}"))
        else:
            logs = [Log.from_text(line, now=now) for line in lines if line.strip()]
            found += [log_for_filter(log, wanted) for log in logs] if wanted else logs
    if mistakes:
        raise DdconfError(*mistakes)
    return found


def logs_of_tests(root: Path, settings: Settings, now: Clock) -> dict[str, list[Log]]:
    """The logs of the pipelines' tests and grok samples as they arrive, by the pipeline's name."""
    return arriving_logs(collect(root, settings), now)


def arriving_logs(collection: Collection, now: Clock) -> dict[str, list[Log]]:
    """As `logs_of_tests`, of what was collected."""
    return {
        suite.name.removeprefix(f"{KIND}."): [
            log_for_filter(replace(case, now=now()).arriving(), suite.pipelines[0])
            for case in suite.cases
            if not case.parser or _is_message(suite.pipelines[0], case.parser)
        ]
        for suite in collection.suites
        if not suite.name.startswith(f"{ORDER}.")
    }


def _is_message(pipeline: Document, parser: Place) -> bool:
    """Whether the samples of a grok parser are whole messages."""
    return bool(get(pipeline, parser).get("source", "message") == "message")


def _wanted(pipeline: str | None, pipelines: Mapping[str, Document]) -> Document | None:
    """The pipeline that a file names; raises DdconfError where there is none."""
    if pipeline is None:
        return None
    if pipeline not in pipelines:
        known = ", ".join(pipelines) or "none"
        raise DdconfError(Diagnostic(f"no pipeline {pipeline}", hint=f"defined are: {known}"))
    return pipelines[pipeline]


def strangers(pipelines: Mapping[str, Document], arriving: Sequence[Log]) -> int:
    """How many logs pass the filter of no pipeline, as lines do that do not tell their source."""
    queries = [parse_query(get(item, ("filter", "query")) or "*") for item in pipelines.values()]
    return sum(not any(query.matches(log) for query in queries) for log in arriving)


def processed(
    pipelines: Mapping[str, Document],
    arriving: Sequence[Log],
    *,
    now: Clock,
    enrichment: Enrichment | None = None,
) -> list[Log]:
    """The logs after all pipelines; one without a date is given that of the one before it."""
    compiled = compile_pipelines(list(pipelines.values()), now=now, enrichment=enrichment)
    logs = [compiled.run(log, trace=False).log for log in arriving]
    known = (log.timestamp for log in logs if log.timestamp is not None)
    last = next(known, round(now().timestamp() * 1000))
    dated = []
    for log in logs:
        last = last if log.timestamp is None else log.timestamp
        dated.append(replace(log, timestamp=last))
    return dated


def units_of(facets: Iterable[Document]) -> dict[str, str]:
    """The unit of each measure by its path, as facets name them; a duration is Datadog's own.

    https://docs.datadoghq.com/standard-attributes/
    """
    named = {str(facet.get("path")): get(facet, ("unit", "name")) for facet in facets}
    return {"duration": "nanosecond"} | {path: str(name) for path, name in named.items() if name}

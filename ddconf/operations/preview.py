"""The logs that a preview is drawn from: those of files, or else of the pipelines' tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ddconf.definitions.settings import Settings
from ddconf.document import Document, get
from ddconf.errors import DdconfError, Diagnostic
from ddconf.operations.pipeline_suites import collect
from ddconf.operations.pipelines import ORDER
from ddconf.pipelines.attributes import text_of
from ddconf.pipelines.engine import compile_pipelines
from ddconf.pipelines.enrichment import Enrichment
from ddconf.pipelines.log import Log
from ddconf.pipelines.query import And, Node, Or, Phrase, Term, parse_query
from ddconf.pipelines.timestamp import Clock

_OFFICIAL = ("source", "service", "host", "status")


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
            fields = _asked_for(item.pipeline, pipelines)
            lines = item.file.read_text(encoding="utf-8", errors="replace").splitlines()
        except DdconfError as error:
            mistakes += error.diagnostics
        except OSError as error:
            mistakes.append(Diagnostic(f"cannot read {item.file}: {error.strerror}"))
        else:
            found += (_with(Log.from_text(line, now=now), fields) for line in lines if line.strip())
    if mistakes:
        raise DdconfError(*mistakes)
    return found


def logs_of_tests(root: Path, settings: Settings, now: Clock) -> list[Log]:
    """The logs of the pipelines' tests and grok samples as they arrive."""
    return list(_logs_of_tests(root, settings, now))


def _logs_of_tests(root: Path, settings: Settings, now: Clock) -> Iterator[Log]:
    for suite in collect(root, settings).suites:
        if suite.name.startswith(f"{ORDER}."):
            continue
        [document] = suite.pipelines
        fields = fields_of(document)
        for case in suite.cases:
            if not case.parser or get(document, case.parser[2:]).get("source", "message") == "message":
                yield _with(replace(case, now=now()).arriving(), fields)


def _asked_for(pipeline: str | None, pipelines: Mapping[str, Document]) -> dict[str, Any]:
    if pipeline is None:
        return {}
    if pipeline not in pipelines:
        known = ", ".join(pipelines) or "none"
        raise DdconfError(Diagnostic(f"no pipeline {pipeline}", hint=f"defined are: {known}"))
    return fields_of(pipelines[pipeline])


def fields_of(pipeline: Document) -> dict[str, Any]:
    """What a log must carry to pass the filter of a pipeline: official fields and tags."""
    fields: dict[str, Any] = {"tags": ()}
    for name, value in _terms(parse_query(get(pipeline, ("filter", "query"), "*") or "*").tree):
        if name in _OFFICIAL:
            fields.setdefault(name, value)
        elif not name.startswith("@"):
            fields["tags"] += (f"{name}:{value}",)
    return fields


def _terms(node: Node) -> Iterator[tuple[str, str]]:
    """The values that a query asks for; of alternatives the first."""
    if isinstance(node, And):
        for item in node.nodes:
            yield from _terms(item)
    elif isinstance(node, Or):
        yield from _terms(node.nodes[0])
    elif isinstance(node, Term | Phrase) and node.field is not None:
        yield node.field, text_of(node.text)


def _with(log: Log, fields: Mapping[str, Any]) -> Log:
    """The log with fields that it has not got itself."""
    missing = {name: value for name, value in fields.items() if name != "tags" and not getattr(log, name)}
    return replace(log, **missing, tags=(*log.tags, *fields.get("tags", ())))


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

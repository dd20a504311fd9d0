"""What is wrong or doubtful in a pipeline, found without running it: for `validate`.

Besides what cannot be compiled: limits that Datadog sets, and attributes that are read before anything writes
them. https://docs.datadoghq.com/logs/log_configuration/pipelines/
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ddconf.document import JSON, Document, Path
from ddconf.pipelines.asset import is_asset, to_api
from ddconf.pipelines.engine import examine
from ddconf.pipelines.grok import GrokError, compile_grok
from ddconf.pipelines.problem import Problem
from ddconf.pipelines.processors.array_map_processor import ALLOWED
from ddconf.pipelines.processors.string_builder_processor import LONGEST
from ddconf.pipelines.query import RESERVED_FIELDS
from ddconf.pipelines.spec import RunSettings
from ddconf.pipelines.stage import Stage

MOST_SAMPLES, LONGEST_SAMPLE, LARGEST_TABLE = 5, 5000, 100_000

_HAVE_SOURCES = frozenset(
    (
        "attribute-remapper",
        "date-remapper",
        "geo-ip-parser",
        "message-remapper",
        "schema-remapper",
        "service-remapper",
        "span-id-remapper",
        "status-remapper",
        "trace-id-remapper",
        "url-parser",
        "user-agent-parser",
    )
)


def lint(document: Document) -> tuple[Problem, ...]:
    """All problems of one pipeline in the order of the document; paths start at the document."""
    pipelines, problems = examine([document], RunSettings())
    stage = pipelines.stages[0]
    found = [*problems, *_switched_off(document), *limits(to_api(document), (0,))]
    # What a broken grok rule writes is not known, so what reads it is not wrong.
    if all(problem.warning or "grok" not in problem.path for problem in problems):
        found += unwritten(stage)
    prefix: Path = ("pipeline",) if isinstance(document.get("pipeline"), dict) else ()
    placed = (replace(problem, path=(*prefix, *problem.path[1:])) for problem in found)
    return tuple(
        sorted(dict.fromkeys(placed), key=lambda problem: [str(step).zfill(6) for step in problem.path])
    )


def _switched_off(document: Document) -> Iterator[Problem]:
    """Datadog creates a pipeline disabled where nothing says that it is enabled."""
    if not is_asset(document) and "is_enabled" not in document:
        message = "the pipeline has no 'is_enabled': it will be created disabled"
        yield Problem((0,), message, "add is_enabled: true", warning=True)


def limits(node: JSON, path: Path, depth: int = 0) -> Iterator[Problem]:
    """What Datadog refuses although it could be run."""
    if not isinstance(node, dict):
        return
    match node.get("type", "pipeline"):
        case "pipeline":
            if depth > 1:
                hint = "move its processors into the pipeline around it"
                yield Problem(path, "a nested pipeline cannot have pipelines in it", hint)
            for index, item in enumerate(_list(node.get("processors"))):
                yield from limits(item, (*path, "processors", index), depth + 1)
        case "grok-parser":
            yield from _samples(_list(node.get("samples")), (*path, "samples"))
            yield from _runaways(node.get("grok"), (*path, "grok"))
        case "lookup-processor":
            size = sum(
                len(row.encode()) + 1 for row in _list(node.get("lookup_table")) if isinstance(row, str)
            )
            if size > LARGEST_TABLE:
                yield Problem((*path, "lookup_table"), f"{size} bytes; the limit is {LARGEST_TABLE}")
        case "category-processor":
            yield from _categories(_list(node.get("categories")), path)
        case "attribute-remapper":
            yield from _remapper(node, path)
        case "array-map-processor":
            yield from _array_map(node, path)
        case "string-builder-processor":
            template = node.get("template")
            if isinstance(template, str) and "%{" not in template and len(template) > LONGEST:
                message = f"longer than {LONGEST} characters, so it will be cut"
                yield Problem((*path, "template"), message, warning=True)


def _samples(samples: list[JSON], path: Path) -> Iterator[Problem]:
    if len(samples) > MOST_SAMPLES:
        yield Problem(path, f"{len(samples)} samples; the limit is {MOST_SAMPLES}", warning=True)
    for index, sample in enumerate(samples):
        if isinstance(sample, str) and not sample.strip():
            # https://github.com/DataDog/terraform-provider-datadog/issues/1914
            yield Problem((*path, index), "an empty sample breaks the grok rule at Datadog", "remove it")
        if isinstance(sample, str) and len(sample) > LONGEST_SAMPLE:
            message = f"{len(sample)} characters; the limit is {LONGEST_SAMPLE}"
            yield Problem((*path, index), message, warning=True)


def _runaways(grok: JSON, path: Path) -> Iterator[Problem]:
    """Rules that can take endless time on a text; those that cannot be compiled are found elsewhere."""
    rules = grok if isinstance(grok, dict) else {}
    match, support = rules.get("match_rules"), rules.get("support_rules") or ""
    if not isinstance(match, str) or not isinstance(support, str):
        return
    try:
        warnings = compile_grok(match, support).warnings()
    except GrokError:
        return
    for mistake in warnings:
        place = (mistake.line, mistake.column, mistake.length)
        yield Problem((*path, f"{mistake.text}_rules"), mistake.message, mistake.hint, *place, warning=True)


def _categories(categories: list[JSON], path: Path) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, category in enumerate(categories):
        name = category.get("name") if isinstance(category, dict) else None
        if isinstance(name, str) and name in seen:
            place = (*path, "categories", index, "name")
            hint = "names should be unique"
            yield Problem(place, f"the category '{name}' occurs twice", hint, warning=True)
        seen.add(str(name))


def _remapper(node: Document, path: Path) -> Iterator[Problem]:
    target = node.get("target")
    if isinstance(target, str) and (":" in target or "," in target):
        yield Problem((*path, "target"), "':' and ',' are not allowed in the name of a target")
    if node.get("target_type") == "tag" and node.get("target_format") not in (None, "auto"):
        yield Problem((*path, "target_format"), "a tag cannot be cast", "remove target_format")


def _array_map(node: Document, path: Path) -> Iterator[Problem]:
    processors = _list(node.get("processors"))
    if not processors:
        yield Problem((*path, "processors"), "at least one sub-processor is needed", ", ".join(ALLOWED))
    if node.get("preserve_source") is False and node.get("source") == node.get("target"):
        yield Problem((*path, "preserve_source"), "the source must be preserved where it is the target")
    for index, item in enumerate(processors):
        target = item.get("target") if isinstance(item, dict) else None
        if isinstance(target, str) and target.split(".")[0] != "$targetElem":
            place = (*path, "processors", index, "target")
            yield Problem(place, "a target inside an array-map-processor must start with $targetElem")


def unwritten(pipeline: Stage) -> Iterator[Problem]:
    """Attributes that are read although no processor before writes them.

    Only where a grok parser reads the message first: the attributes of JSON logs cannot be known.
    """
    stages = list(pipeline.walk())[1:]
    start = next((index for index, stage in enumerate(stages) if _parses_message(stage)), len(stages))
    if any(stage.reads and stage.type != "pipeline" for stage in stages[:start]):
        return
    known: set[str] = set()
    for stage in stages[start:]:
        missing = [path for path in stage.reads if path not in RESERVED_FIELDS and not _is_known(path, known)]
        if stage.type in _HAVE_SOURCES and len(missing) < len(stage.reads):
            missing = []
        for path in missing:
            close = difflib.get_close_matches(path, known, n=1, cutoff=0.75)
            hint = f"did you mean '{close[0]}'?" if close else ""
            yield Problem(stage.path, f"@{path} is read, but nothing before writes it", hint, warning=True)
        if stage.opaque:
            return
        known.update(stage.writes)


def _parses_message(stage: Stage) -> bool:
    return stage.type == "grok-parser" and stage.reads == ("message",)


def _is_known(path: str, known: Iterable[str]) -> bool:
    """Whether the path, something around it or something in it is written."""
    return any(path == name or path.startswith(f"{name}.") or name.startswith(f"{path}.") for name in known)


def _list(value: JSON) -> list[JSON]:
    return value if isinstance(value, list) else []

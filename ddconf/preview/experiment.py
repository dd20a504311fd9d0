"""One run of an edited pipeline over edited samples: what the page of a pipeline asks its server for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ddconf.definitions.yaml import reader
from ddconf.document import JSON, Document, copy, put
from ddconf.errors import DdconfError
from ddconf.pipelines.enrichment import Enrichment
from ddconf.pipelines.log import Log
from ddconf.pipelines.sample_context import log_for_filter
from ddconf.pipelines.timestamp import Clock
from ddconf.pipelines.trial import try_samples
from ddconf.preview.pipeline import result
from ddconf.render.log_outcome import badge
from ddconf.render.markup import element, join
from ddconf.render.values import printable

_MOST_SAMPLES = 50


def run(
    pipeline: Document,
    samples: Sequence[str],
    edits: Sequence[dict[str, JSON]] = (),
    *,
    now: Clock | None = None,
    enrichment: Enrichment | None = None,
) -> dict[str, Any]:
    """`{"problems": HTML, "samples": [{"badge": HTML, "result": HTML}]}`; no samples where it has mistakes.

    An edit is the path of a text in the pipeline, and the new text; with the form `yaml` that of a value.
    """
    try:
        edited = _edited(pipeline, edits)
        logs = [log_for_filter(Log.from_text(text, now=now), edited) for text in samples[:_MOST_SAMPLES]]
        trials = try_samples(edited, logs, now=now, enrichment=enrichment)
    except DdconfError as error:
        return {"problems": join(*(_problem(str(item)) for item in error.diagnostics)), "samples": []}
    return {
        "problems": "",
        "samples": [{"badge": badge(trial), "result": result(trial)} for trial in trials],
    }


def _problem(text: str) -> str:
    return element("li", "\n".join(printable(line) for line in text.split("\n")))


def _edited(pipeline: Document, edits: Sequence[dict[str, JSON]]) -> Document:
    """A copy with the edits; raises DdconfError for a path that leads nowhere and for malformed YAML."""
    document: Document = copy(pipeline)
    for edit in edits:
        path, text = edit.get("path"), edit.get("text")
        if not isinstance(path, list) or not path or not isinstance(text, str):
            raise DdconfError("an edit needs a path and a text")
        value = _value(text) if edit.get("form") == "yaml" else text
        try:
            put(document, tuple(path), value)
        except (KeyError, IndexError, TypeError):
            raise DdconfError("an edit of something that is not there") from None
    return document


def _value(text: str) -> JSON:
    documents = reader.load(text, "processor")
    if len(documents) != 1 or not isinstance(documents[0][0], dict):
        raise DdconfError("processor: expected one mapping")
    return documents[0][0]

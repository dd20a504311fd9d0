"""Compiled pipelines that run test cases: at the time and with the official fields that each case names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from ddconf.document import Document, get
from ddconf.pipelines.asset import to_api
from ddconf.pipelines.attributes import put, split
from ddconf.pipelines.cases import YEAR, Case
from ddconf.pipelines.engine import Pipelines, compile_pipelines
from ddconf.pipelines.enrichment import Enrichment
from ddconf.pipelines.log import Log
from ddconf.pipelines.sample_context import origin
from ddconf.pipelines.trace import Outcome
from ddconf.pipelines.working_log import MutableLog


class _Clock:
    """The clock of the case that runs; the pipelines are compiled once for all."""

    def __init__(self) -> None:
        self.moment = YEAR

    def __call__(self) -> datetime:
        return self.moment


class Bench:
    """One pipeline, whose filter counts as matched unless a case says otherwise, or several as they are.

    With `as_is`, a pipeline that is off in Datadog is off here too. DdconfError is raised when the first case
    runs, if the pipelines cannot be compiled.
    """

    def __init__(
        self, pipelines: Iterable[Document], enrichment: Enrichment | None = None, *, as_is: bool = False
    ) -> None:
        self.documents: list[Document] = [to_api(document) for document in pipelines]
        self.clock, self.enrichment, self.as_is = _Clock(), enrichment, as_is

    def run(self, case: Case) -> Outcome:
        """The outcome of a case; a sample goes through its grok parser alone."""
        self.clock.moment = case.now
        if case.parser:
            return self._sample(case)
        if case.filtered:
            return self.filtered.run(case.arriving())
        return self.open.run(replace(case, given={**self._implied, **case.given}).arriving())

    @cached_property
    def open(self) -> Pipelines:
        """The pipelines as cases meet them that name no source, service or tags."""
        if len(self.documents) != 1:
            return self.filtered
        always = {"filter": {"query": "*"}} | ({} if self.as_is else {"is_enabled": True})
        return self._compiled([{**self.documents[0], **always}])

    @cached_property
    def filtered(self) -> Pipelines:
        return self._compiled(self.documents)

    def _compiled(self, documents: list[Document]) -> Pipelines:
        return compile_pipelines(documents, now=self.clock, enrichment=self.enrichment)

    @cached_property
    def _implied(self) -> dict[str, str]:
        """What a log must carry to be for the pipeline, as far as its filter says."""
        return origin(self.documents[0]) if len(self.documents) == 1 else {}

    def _sample(self, case: Case) -> Outcome:
        source = get(self.documents[0], case.parser).get("source", "message")
        log = Log(case.log if source == "message" else "")
        if source != "message":
            put(log.attributes, split(source), case.log)
        draft = MutableLog(log)
        path = (0, *case.parser)
        next(stage for stage in self.open.walk() if stage.path == path).run(draft)
        return Outcome(draft.freeze(), tuple(draft.steps or ()))

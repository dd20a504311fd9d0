"""Processors that read what nothing before them writes."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule


@rule("read-before-written", Severity.WARNING)
def read_before_written(facts: Facts) -> Iterator[Finding]:
    """A processor reads an attribute that no processor before it writes, in a pipeline that parses text."""
    for pipeline in facts.pipelines:
        from ddconf.pipelines.lint import unwritten

        for problem in unwritten(pipeline.stages[0]):
            yield Finding(Place(pipeline.address, problem.path[1:]), problem.message, problem.hint)

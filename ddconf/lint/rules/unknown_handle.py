"""Handles that nobody has. https://docs.datadoghq.com/monitors/notify/#notifications"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.document import get
from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.handles import defined_handles, handles_in, is_known
from ddconf.lint.rules import rule
from ddconf.lint.similar import similar

_TEXTS = (("message",), ("options", "escalation_message"))


@rule("unknown-handle", Severity.WARNING)
def unknown_handle(facts: Facts) -> Iterator[Finding]:
    """A message names a recipient that `lint.handles` of ddconf.yaml does not list and nothing defines."""
    if not facts.handles:
        return
    known = (*facts.handles, *defined_handles(facts.documents))
    for address, document in facts.of_kind("monitor"):
        for path in _TEXTS:
            for handle, start in handles_in(str(get(document, path) or "")):
                if not is_known(handle, known):
                    hint = similar(handle, known, "correct it, or add it to lint.handles in ddconf.yaml")
                    yield Finding(Place(address, path, start, len(handle)), f"unknown handle {handle}", hint)

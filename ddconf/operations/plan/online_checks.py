"""Datadog asked about each object that a plan would create or change: would it take it?

For the kinds whose API validates without a write. Other kinds, and objects that refer to what the plan is
yet to create, are left to the apply.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from ddconf.address import Address
from ddconf.datadog.http.client import Client
from ddconf.datadog.objects import crud
from ddconf.definitions import references
from ddconf.definitions.definition import Definition
from ddconf.definitions.references import UNRESOLVED, Reference
from ddconf.document import JSON, Document, Path, find, get, parse_path
from ddconf.errors import ApiError, Diagnostic, Source
from ddconf.kind import Kind
from ddconf.plans.change import Action, Change, Plan
from ddconf.state.model import State

_REFUSED = (400, 409, 422)
_NEW = (Action.CREATE, Action.REPLACE)
_DEEPEST = 5
"""A field that an answer names is looked for this far down."""


@dataclass(frozen=True, slots=True)
class OnlineChecks:
    """What is needed to send a definition as the apply would."""

    client: Client
    definitions: Mapping[Address, Definition]
    state: State
    kinds: Callable[[str], Kind]
    secret: Callable[[str], str]

    def refusals(self, plan: Plan) -> list[Diagnostic]:
        """What Datadog says against the objects of a plan, each at the line of its definition."""
        ids = {address: entry.id for address, entry in self.state.entries.items()}
        ids |= {change.address: change.id for change in plan.changes if change.id}
        for change in plan.changes:
            if change.action in (*_NEW, Action.DELETE):
                ids.pop(change.address, None)
        asked = [change for change in plan.changes if self._is_asked_about(change)]
        if not asked:
            return []
        with ThreadPoolExecutor(self.client.workers) as pool:
            try:
                found = list(pool.map(lambda change: self._refusal(change, ids), asked))
            except BaseException:  # an interrupt ends the waits, and what has not begun
                self.client.stop()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return [refusal for refusal in found if refusal is not None]

    def _is_asked_about(self, change: Change) -> bool:
        api = self.kinds(change.address.kind).api
        sent = change.action in _NEW or (change.action in (Action.UPDATE, Action.ADOPT) and change.fields)
        return bool(api and api.check and sent)

    def _refusal(self, change: Change, ids: Mapping[Address, str]) -> Diagnostic | None:
        kind = self.kinds(change.address.kind)
        document = self._resolved(change, ids)
        if next(references.find(document), None) is not None:
            return None
        try:
            crud.check(self.client, kind, document, "" if change.action in _NEW else change.id)
        except ApiError as error:
            if error.status not in _REFUSED:  # no permission, or no such call on this site: not an answer
                return None
            texts = "; ".join(error.errors) or f"HTTP {error.status}"
            message = f"{change.address}: Datadog refuses it: {texts}"
            return Diagnostic(message, self._source(change, document, texts), "", str(change.address))
        return None

    def _resolved(self, change: Change, ids: Mapping[Address, str]) -> Document:
        def value(reference: Reference) -> JSON:
            if reference.kind == "secret":
                secret = self.secret(reference.name)
                self.client.hide(secret)
                return secret
            if reference.field:
                definition = self.definitions.get(reference.address)
                found = get(definition.document, parse_path(reference.field)) if definition else None
                return UNRESOLVED if found is None or references.present(found) else found
            id_ = change.looked_up.get(str(reference)) if reference.key else ids.get(reference.address)
            return UNRESOLVED if not id_ else self.kinds(reference.kind).id_on_the_wire(id_)

        resolved = references.resolve(change.desired or {}, value)
        return self.kinds(change.address.kind).with_text_ids(resolved)

    def _source(self, change: Change, document: Document, texts: str) -> Source | None:
        """The line of the field that the answer names in quotes, else that of the definition."""
        definition = self.definitions.get(change.address)
        if definition is None:
            return change.source
        return definition.at(next(_named_fields(document, texts), ()))


def _named_fields(document: Document, texts: str) -> Iterator[Path]:
    for name in re.findall(r"'([\w.-]+)'", texts):
        path = parse_path(name.removeprefix("data.").removeprefix("attributes."))
        if get(document, path) is not None:
            yield path
        for depth in range(1, _DEEPEST):
            yield from find(document, (*("*",) * depth, path[-1]))

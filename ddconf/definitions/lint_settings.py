"""What `ddconf.yaml` says to lint: waivers, and the handles that exist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ddconf.definitions.definition import Waiver, WaiverTerms
from ddconf.definitions.shape_checks import Expect
from ddconf.document import JSON, Path


@dataclass(frozen=True, slots=True)
class LintSettings:
    """`handles` may have `*` for any text; without any, no handle is unknown."""

    waivers: tuple[Waiver, ...] = ()
    handles: tuple[str, ...] = ()


def read_lint(value: JSON, expect: Expect) -> LintSettings:
    """The section `lint:`."""
    given = expect.keys(value, ("lint",), ("waive", "handles"))
    handles = expect.texts(given.get("handles"), ("lint", "handles"))
    for index, handle in enumerate(handles):
        if not handle.startswith("@"):
            expect.mistake(("lint", "handles", index), f"'{handle}' is not a handle", f"write '@{handle}'")
    return LintSettings(tuple(_waivers(given.get("waive"), expect)), handles)


def _waivers(value: JSON, expect: Expect) -> Iterator[Waiver]:
    place: Path = ("lint", "waive")
    for index, item in enumerate(expect.typed(value, place, list, [])):
        own = (*place, index)
        said = expect.keys(item, own, ("rule", "at", "reason", "until"))
        rule, reason = (expect.typed(said.get(key), (*own, key), str, "") for key in ("rule", "reason"))
        until = read_date(said.get("until"), (*own, "until"), expect)
        if rule and reason:
            for number, at in enumerate(expect.texts(said.get("at"), (*own, "at")) or ("*",)):
                yield Waiver(rule, reason, at, expect.at((*own, "at", number)), until)
        else:
            expect.mistake(own, "a waiver needs 'rule' and 'reason'", "write {rule: NAME, reason: why}")


def read_terms(value: JSON, path: Path, expect: Expect) -> dict[str, WaiverTerms]:
    """`waive:` of a definition: lint rules, each with a reason, or with a reason and its last day."""
    terms = {}
    for rule, said in expect.typed(value, path, dict, {}).items():
        own = (*path, rule)
        given = {"reason": said} if isinstance(said, str) else expect.keys(said, own, ("reason", "until"))
        reason = expect.typed(given.get("reason"), (*own, "reason"), str, "").strip()
        if not reason:
            expect.mistake(own, f"the waiver of '{rule}' needs a reason", f"write {rule}: why")
        terms[rule] = WaiverTerms(reason, read_date(given.get("until"), (*own, "until"), expect))
    return terms


def read_date(value: JSON, path: Path, expect: Expect) -> date | None:
    """A day such as 2027-03-31."""
    text = expect.typed(value, path, str, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        expect.mistake(path, f"'{text}' is not a date", "write it as 2027-03-31", length=len(text))
        return None

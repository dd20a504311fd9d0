"""Writes docs/conformance.md from measured results: `python -m docs.conformance CORPUS RESULTS.json`.

RESULTS.json is what `make conformance CORPUS=... JSON=RESULTS.json` wrote.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parent
DATA = DOCS.parent / "tests" / "conformance" / "data"
KINDS_OF_SETS = ("normalize", "readback", "reads", "emulator", "scenarios")

HEAD = """\
# True to Datadog

<!-- Made by `python -m docs.conformance`; edit that instead. -->

Datadog's own projects record the traffic of their tests and publish it: the Terraform provider, the Python
client and the sync tool. ddconf is held against {exchanges} of these exchanges, from {first} to {last}.

- **Writes**: for each write that Datadog accepted, the document sent and the document answered must be equal
  to ddconf. What differs would be a change that every plan shows again.
- **Read back**: the document that was sent must be equal to what the next read of the object shows.
- **Reads**: one object read twice, by whatever call, must be equal while nobody writes it.
- **Emulator**: each recorded test is replayed in its own order against a fresh emulator, ids mapped as they
  appear. Right is: the same status, the same shape of an error, and a body that is equal but for ids, times,
  authors and what is drawn at random. The emulator speaks as Datadog does today: a field that no answer of
  the family tells before some day is not expected in answers before that day. Trouble (429 and 5xx) is let
  happen, and so is what only others can have done: requests outside the files, objects that came and went.
- **Scenarios**: the behaviour scenarios that Datadog's clients share are played on the emulator: each must
  get the status and the fields that it expects. Those that were never run count only where they expect
  success, or that an unknown id is not found.

What fails is listed in `tests/conformance/known/`, and the lists may only shrink.

Measure again with `make conformance CORPUS=DIR JSON=FILE`. DIR holds `recorded/*.jsonl.gz`; a line is an
exchange:
`source`, `test`, `seq`, `recorded_at`, `method`, `path`, `status`, `request_body` and `response_body`.

## Per family

Equal of all; an exception from the lists below counts as equal in *writes* and *reads*, not in *emulator*.

| family | recorded | writes | read back | reads | emulator | scenarios |
|---|---|--:|--:|--:|--:|--:|
"""


def main() -> None:
    corpus, results = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text())
    (DOCS / "conformance.md").write_text(page(corpus, results), encoding="utf-8")


def page(corpus: Path, results: list[dict[str, Any]]) -> str:
    sets = {result["set"]: result for result in results}
    families = sorted({name.partition(":")[2] for name in sets if name.startswith(KINDS_OF_SETS)})
    months = {family: recorded(corpus / "recorded" / f"{family}.jsonl.gz") for family in families}
    every = sorted(month for found in months.values() for month in found)
    first, last = min(filter(None, every)), every[-1]
    rows = [
        f"| {family} | {_span(found)} | "
        + " | ".join(_equal(sets.get(f"{name}:{family}")) for name in KINDS_OF_SETS)
        + " |"
        for family, found in months.items()
    ]
    totals = " | ".join(f"**{_equal(_sum(results, name))}**" for name in KINDS_OF_SETS)
    parts = [HEAD.format(exchanges=len(every), first=first, last=last) + "\n".join(rows)]
    parts += [f"| **all** | {_span(every)} | {totals} |\n"]
    return (
        "\n".join([*parts, *_write_shares(results), *_exceptions(results), *_misses(results), *_tolerated()])
        + "\n"
    )


def recorded(file: Path) -> list[str]:
    """The month of every exchange whose time is known, in order; none where nothing is recorded."""
    if not file.is_file():
        return []
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return sorted(str(json.loads(line)["recorded_at"] or "")[:7] for line in lines)


def _span(months: list[str]) -> str:
    """From the first to the last month; some exchanges do not tell theirs."""
    return f"{min(filter(None, months), default='')} to {months[-1]}" if months else ""


def _equal(result: dict[str, Any] | None) -> str:
    return f"{result['passed']} of {result['total']}" if result else ""


def _sum(results: list[dict[str, Any]], name: str) -> dict[str, Any]:
    own = [result for result in results if result["set"].startswith(f"{name}:")]
    return {key: sum(result[key] for result in own) for key in ("passed", "total")}


def _write_shares(results: list[dict[str, Any]]) -> Iterator[str]:
    """Of the scenarios that create, update or delete, how many get the exact status."""
    sums: Counter[tuple[str, int]] = Counter()
    for result in results:
        for basis, counts in result.get("writes", {}).items():
            sums.update({(basis, place): count for place, count in enumerate(counts)})
    shares = [f"{sums[basis, 0]} of {sums[basis, 1]} that {told}" for basis, told in _BASES.items()]
    yield f"Creates, updates and deletes get the exact status in {' and '.join(shares)}.\n"


_BASES = {
    "proven": "ran against Datadog",
    "generated": "were made from the specification and never ran",
}


def _exceptions(results: list[dict[str, Any]]) -> Iterator[str]:
    yield "## Where Datadog stored something else\n"
    yield "In these exchanges the answer holds what nobody sent; the fields are left out of the comparison.\n"
    yield "| set | reason | times |\n|---|---|--:|"
    for result in results:
        for reason, times in (result.get("excepted") or {}).items():
            yield f"| {result['set']} | {reason} | {times} |"
    left = [
        (result["set"], text)
        for result in results
        for text in _failures(result, ("normalize", "readback", "reads"))
    ]
    yield f"\nStill different: {len(left) or 'none'}.\n"


def _failures(result: dict[str, Any], names: tuple[str, ...]) -> list[str]:
    return list(result["failures"]) if result["set"].startswith(names) else []


def _misses(results: list[dict[str, Any]]) -> Iterator[str]:
    """The emulator's misses by their reason, or by how they differ."""
    known = json.loads((DATA / "emulator_misses.json").read_text())["misses"]
    counted: Counter[tuple[str, str]] = Counter()
    for result in results:
        family = result["set"].partition(":")[2]
        for failure in _failures(result, ("emulator",)):
            reasons = (m["reason"] for m in known if m["family"] == family and re.search(m["match"], failure))
            counted[family, next(reasons, _difference(failure))] += 1
    yield "## Where the emulator answers otherwise\n\n| family | reason | exchanges |\n|---|---|--:|"
    for (family, reason), times in sorted(counted.items()):
        yield f"| {family} | {reason.replace('|', '/')} | {times} |"


def _difference(failure: str) -> str:
    """How an answer differs, without what only one of them holds."""
    if status := re.search(r"status \d+ instead of \d+", failure):
        return status[0]
    if "error shape" in failure:
        return "shape of the error"
    return "a field is absent" if "absent instead of" in failure else "a field differs"


def _tolerated() -> Iterator[str]:
    """What the replay lets differ, by family."""
    rules = json.loads((DATA / "emulator_misses.json").read_text())
    yield "\n## What the replay does not compare\n\n| family | fields | reason |\n|---|---|---|"
    for rule in (*rules["ignored"], *rules["alike"], *rules["unordered"], *rules["drawn"]):
        field = rule["field"].replace("|", "\\|")
        families = rule.get("family") or ", ".join(rule["families"])
        before = f", before {rule['before']}" if "before" in rule else ""
        yield f"| {families} | `{field}`{before} | {rule['reason']} |"
    for rule in rules["shapes"]:
        yield f"| {rule['family']} | error `{rule['recorded']}` before {rule['before']} | {rule['reason']} |"
    for rule in rules["statuses"]:
        fields = f"status {rule['recorded']} for {rule['today']} before {rule['before']}"
        yield f"| {rule['family']} | {fields} | {rule['reason']} |"


if __name__ == "__main__":
    main()

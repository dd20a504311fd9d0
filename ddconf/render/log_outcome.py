"""What became of a log, as HTML: match or no match, its attributes and fields, and what each step did."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import SequenceMatcher

from ddconf.document import JSON
from ddconf.pipelines.trace import Outcome, Step
from ddconf.pipelines.trial import Trial
from ddconf.render.markup import Html, element, join
from ddconf.render.values import printable

_AROUND = 4


def badge(trial: Trial) -> Html:
    """Match or no match, with the rule."""
    words = f"match: {trial.rule}" if trial.rule else "match"
    return element(
        "b", printable(words) if trial.matched else "no match", class_="match" if trial.matched else "miss"
    )


def attributes(outcome: Outcome) -> str:
    """Attributes and official fields as JSON, without the message."""
    document = outcome.log.as_json()
    fields = {key: value for key, value in document.items() if key not in ("attributes", "message")}
    return _json({"attributes": document["attributes"], **fields})


def steps(outcome: Outcome) -> Html:
    """The steps that did something, and the others with the reason why not."""
    return element("ol", *(_step(step) for step in outcome.trace), class_="steps")


def _step(step: Step) -> Html:
    did = step.report.matched if step.applied else str(step.report.reason)
    label = join(element("span", printable(step.name) or step.type), " ", element("small", step.type))
    places = ", ".join(change.place for change in step.changes)
    return element(
        "li",
        label,
        element("small", printable(did), class_="did") if did else None,
        element("code", printable(places)) if places else None,
        class_="done" if step.applied else "idle",
        style=f"--depth:{len(step.path) // 2}",
    )


def both(before: str, after: str) -> tuple[Html, Html]:
    """Where two texts of lines differ, with some lines around it."""
    old, new = before.split("\n"), after.split("\n")
    left: list[Html] = []
    right: list[Html] = []
    for number, group in enumerate(
        SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(_AROUND)
    ):
        if number:
            left += _lines(["…"], "same")
            right += _lines(["…"], "same")
        for tag, a, b, c, d in group:
            left += _lines(old[a:b], "same" if tag == "equal" else "gone")
            right += _lines(new[c:d], "same" if tag == "equal" else "come")
    return element("pre", *left), element("pre", *right)


def _lines(lines: list[str], class_: str) -> Iterator[Html]:
    return (element("span", printable(line) + "\n", class_=class_) for line in lines)


def _json(value: JSON) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)

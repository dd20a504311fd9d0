"""A plan as one page for an artifact of CI: a summary, then every change by system, with its differences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import PurePath

from ddconf.document import Document, copy, put, remove
from ddconf.kind import Kind
from ddconf.pipelines.log import Log
from ddconf.plans.change import Action, Cause, Change, FieldChange, Plan
from ddconf.render.counts import count, count_by_kind, nothing_to_do
from ddconf.render.header import PlanHeader, places, refusal_lines
from ddconf.render.lines import Line
from ddconf.render.markup import Html, element, join
from ddconf.render.outline import Outline, field_lines, outlines
from ddconf.render.page import page, resource
from ddconf.render.pages import page_url
from ddconf.render.sample_logs import compared
from ddconf.render.values import printable
from ddconf.render.view import PLAIN_VIEW, PlanView
from ddconf.render.wireframe import wireframes

_CAUSES = {
    Cause.CONFIG: "the definition changed",
    Cause.DRIFT: "changed outside ddconf",
    Cause.BOTH: "both",
}
_NOWHERE, _ROOT = "no longer defined", "Top folder"

Samples = Mapping[str, Sequence[Log]]
"""Logs as they arrive, by the name of the pipeline that they are for."""


def render(plan: Plan, view: PlanView = PLAIN_VIEW) -> str:
    """The page of a plan."""
    header, kinds = view.header, view.kinds
    title = f"ddconf plan: {count(plan.changes)}" if plan.changes else "ddconf plan: no changes"
    place = ", ".join(f"{what}: {name}" for what, name in places(plan, header))
    head = [element("h1", title), element("p", f"{place}, {plan.created}", class_="span"), _refused(header)]
    if not plan.changes:
        header_only = element("header", *head, element("p", nothing_to_do(plan)))
        return page(title, join(header_only, element("main", *_replayed(view)) if view.replay else None))
    listed = outlines(plan, kinds, full=True, behaviour=view.behaviour)
    systems = []
    for name, group in _by_system(zip(plan.changes, listed, strict=True)):
        shown = [
            _change(change, outline, kinds(change.address.kind), plan.site, view) for change, outline in group
        ]
        systems.append(_system(name, shown, group))
    body = join(
        element("header", *head, _summary(plan), _legend(), _controls()),
        element("main", *_replayed(view), *systems),
    )
    return page(title, body, inline=resource("plan_page.js"))


def _replayed(view: PlanView) -> Iterator[Html]:
    if view.replay:
        from ddconf.render.replay_page import replay_section

        yield replay_section(view.replay)


def _controls() -> Html:
    """Hidden until the script of the page is there."""
    field = element(
        "input", id="filter", type="search", placeholder="Filter changes", aria_label="Filter changes"
    )
    button = element("button", "Collapse or expand all", id="fold", type="button")
    return element("div", field, " ", button, class_="controls", hidden=True)


def _by_system(
    drawn: Iterable[tuple[Change, Outline]],
) -> Iterator[tuple[str, list[tuple[Change, Outline]]]]:
    """Changes by the folder of the file that defines them, as systems have a folder each."""
    by_name = sorted(drawn, key=lambda item: _system_of(item[0]))
    for name, group in groupby(by_name, key=lambda item: _system_of(item[0])):
        yield name, list(group)


def _system_of(change: Change) -> str:
    if change.source is None:
        return _NOWHERE
    return PurePath(change.source.file).parent.name or _ROOT


def _summary(plan: Plan) -> Html:
    """How many changes of each kind and action."""
    table = count_by_kind(plan.changes)
    words = (element("th", word, class_="number") for word in table.actions)
    head = element("tr", element("th", "Kind"), *words)
    rows = (
        element(
            "tr", element("td", kind), *(element("td", number or "", class_="number") for number in numbers)
        )
        for kind, numbers in table.rows
    )
    return element("table", element("thead", head), element("tbody", *rows), class_="counts")


def _refused(header: PlanHeader) -> Html | None:
    if not header.refusals:
        return None
    told = (element("li", line) for line in refusal_lines(header))
    return element("div", element("b", "Apply will refuse this plan"), element("ul", *told), class_="refused")


def _legend() -> Html:
    items = (element("li", words, class_=f"cause {cause}") for cause, words in _CAUSES.items())
    return element("ul", *items, class_="legend-of-causes")


def _system(name: str, changes: Sequence[Html], group: Sequence[tuple[Change, Outline]]) -> Html:
    heading = element("h2", printable(name), " ", element("small", str(count(change for change, _ in group))))
    return element("section", heading, *changes, class_="system")


def _change(change: Change, outline: Outline, kind: Kind, site: str, view: PlanView) -> Html:
    summary = element("summary", element("b", outline.symbol or "·", class_="symbol"), " ", outline.heading)
    notes = [line for line in outline.body if line.symbol == "#"] if change.fields else []
    body = [
        _code(notes) if notes else None,
        *(_field(field, kind, change) for field in change.fields),
        _code(outline.body) if outline.body and not change.fields else None,
    ]
    special = list(_special(change, view))
    opened = change.action is not Action.CREATE
    return element(
        "details",
        summary,
        _link(change, kind, site),
        *special,
        *body,
        class_=f"change {change.action}",
        open=opened,
    )


def _link(change: Change, kind: Kind, site: str) -> Html | None:
    """A link to the live object."""
    url = page_url(kind, change, site) if change.id else ""
    if not url:
        return None
    return element("p", element("a", "Open in Datadog", href=url, target="_blank", rel="noopener noreferrer"))


def _field(field: FieldChange, kind: Kind, change: Change) -> Html:
    tag = element("small", _CAUSES[field.cause], class_=f"cause {field.cause}")
    return element(
        "div", tag, _code(field_lines(field, kind, change, full=True)), class_=f"field {field.cause}"
    )


def _code(lines: Iterable[Line]) -> Html:
    return element("pre", *(_line(line) for line in lines))


def _line(line: Line) -> Html:
    classes = {"+": "come", "-": "gone", "#": "remark"}
    text = f"{line.symbol:>3} {'  ' * max(0, line.depth - 1)}{line.text}".rstrip()
    return element("span", f"{text}\n", class_=classes.get(line.symbol))


def _special(change: Change, view: PlanView) -> Iterator[Html]:
    """Drawings of a dashboard, samples of a pipeline, statuses of a monitor."""
    before, after = change.before, after_of(change)
    if change.address.kind == "dashboard" and _concerns(change, "widgets"):
        yield wireframes(before, after)
    if change.address.kind == "logs_custom_pipeline" and before and after:
        yield from compared(before, after, view.samples.get(change.address.name, ()))
    if effect := view.effects.get(change.address):
        from ddconf.render.status_changes import pictures

        yield pictures(effect.charts)


def _concerns(change: Change, key: str) -> bool:
    return not change.fields or any(field.path[:1] == (key,) for field in change.fields)


def after_of(change: Change) -> Document | None:
    """What the object will be: the live one with the changed fields; None where it goes."""
    if change.action in (Action.DELETE, Action.FORGET) or change.before is None:
        return change.desired
    document: Document = copy(change.before)
    for field in change.fields:
        if field.after is None:
            remove(document, field.path)
        else:
            put(document, field.path, copy(field.after))
    return document

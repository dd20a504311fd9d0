"""Numbers now against those of an earlier time."""

from __future__ import annotations

from ddconf.analytics.ranking import RankedGroup, ranked
from ddconf.analytics.request import Column, scalar
from ddconf.document import Document
from ddconf.preview.numbers import NOTHING, Unit, exact, shown
from ddconf.preview.sources import Size, Sources
from ddconf.preview.widgets import widget
from ddconf.render.markup import Html, element, join


@widget("change")
def change(definition: Document, sources: Sources, _size: Size) -> Html:
    return join(*(_changes(request, sources) for request in definition.get("requests") or []))


def _changes(request: Document, sources: Sources) -> Html:
    before, now = _before_and_now(request, sources)
    rows = ranked([now, before])
    if not rows:
        return element("p", "No logs with a value of this", class_="empty")
    head = element("tr", *(element("th", name) for name in ("", "Before", "Now", "Change")))
    return element(
        "table",
        element("thead", head),
        element("tbody", *(_row(row, now, sources.unit(now)) for row in rows)),
    )


def _before_and_now(request: Document, sources: Sources) -> tuple[Column, Column]:
    """Two formulas are the earlier and the present; of one, the earlier is `compare_to` before it."""
    formulas = request.get("formulas") or []
    if len(formulas) == 1:
        earlier = f"{request.get('compare_to') or 'hour_before'}({formulas[0]['formula']})"
        request = {**request, "formulas": [{"formula": earlier}, *formulas]}
    columns = scalar(request, sources.store)
    return columns[0], columns[-1]


def _row(row: RankedGroup, column: Column, unit: Unit) -> Html:
    now, before = row.numbers
    difference = now - before if now is not None and before is not None else None
    share = f" ({difference / before:+.1%})" if difference is not None and before else ""
    sign = "+" if difference and difference > 0 else ""
    return element(
        "tr",
        element("td", ", ".join(row.group) or column.name),
        element("td", shown(before, unit), class_="number", title=exact(before)),
        element("td", shown(now, unit), class_="number", title=exact(now)),
        element(
            "td",
            NOTHING if difference is None else f"{sign}{shown(difference, unit)}{share}",
            class_="number",
        ),
    )

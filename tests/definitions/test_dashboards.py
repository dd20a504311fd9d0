"""The shipped dashboards: a sound grid, no unused template variable, formulas that fit their queries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import combinations

import pytest

from ddconf.document import Document

COLUMNS = 12
NAMES = ("netflow", "qnap-nas", "k8s-control-plane")


@pytest.fixture(params=NAMES)
def dashboard(request: pytest.FixtureRequest, documents: Mapping[str, Mapping[str, Document]]) -> Document:
    return documents["dashboard"][request.param]


def grids(widgets: list[Document]) -> Iterator[list[Document]]:
    """The layouts of each group, and of the dashboard itself."""
    yield [widget["layout"] for widget in widgets]
    for widget in widgets:
        if "widgets" in widget["definition"]:
            yield from grids(widget["definition"]["widgets"])


def placed(widgets: list[Document]) -> Iterator[tuple[Document, Document]]:
    """Each widget and its layout."""
    for widget in widgets:
        yield widget["definition"], widget["layout"]
        yield from placed(widget["definition"].get("widgets", []))


def definitions(widgets: list[Document]) -> Iterator[Document]:
    return (definition for definition, _ in placed(widgets))


def test_no_widget_leaves_the_grid(dashboard: Document) -> None:
    for layouts in grids(dashboard["widgets"]):
        for box in layouts:
            assert box["x"] >= 0 and box["y"] >= 0 and box["width"] > 0 and box["height"] > 0, box
            assert box["x"] + box["width"] <= COLUMNS, box


def test_no_two_widgets_overlap(dashboard: Document) -> None:
    for layouts in grids(dashboard["widgets"]):
        for a, b in combinations(layouts, 2):
            beside = a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
            below = a["y"] + a["height"] <= b["y"] or b["y"] + b["height"] <= a["y"]
            assert beside or below, (a, b)


def test_rows_are_full(dashboard: Document) -> None:
    for layouts in grids(dashboard["widgets"]):
        for y in {box["y"] for box in layouts}:
            assert sum(box["width"] for box in layouts if box["y"] == y) == COLUMNS


def test_a_group_is_as_high_as_what_it_holds(dashboard: Document) -> None:
    for widget in dashboard["widgets"]:
        inner = [child["layout"] for child in widget["definition"]["widgets"]]
        assert widget["layout"]["height"] == max(box["y"] + box["height"] for box in inner) + 1


def test_every_template_variable_is_used_and_every_used_one_is_there(dashboard: Document) -> None:
    queries = re.findall(r'"query(?:_string)?": "([^"]*)', json.dumps(dashboard["widgets"]))
    used = {name for query in queries for name in re.findall(r"\$(\w+)", query)}
    assert used == {variable["name"] for variable in dashboard["template_variables"]}


def test_every_widget_but_a_note_has_a_title_of_its_own(dashboard: Document) -> None:
    found = [item["title"] for item in definitions(dashboard["widgets"]) if item["type"] != "note"]
    assert len(found) == len(set(found))
    assert all(found)


def test_a_title_fits_into_its_widget(dashboard: Document) -> None:
    """Bold type takes about a twelfth of a grid column a letter; what is longer ends in dots."""
    for item, box in placed(dashboard["widgets"]):
        assert len(item.get("title", "")) <= 12 * box["width"], item["title"]


def test_the_headings_of_a_table_fit_into_its_widget(dashboard: Document) -> None:
    """Thirteen letters a grid column; the rest is cut off at the right, where the numbers are."""
    for item, box in placed(dashboard["widgets"]):
        for request in item["requests"] if item["type"] == "query_table" else []:
            groups = [group["facet"] for group in request["queries"][0]["group_by"]]
            columns = [formula["alias"] for formula in request["formulas"]]
            assert sum(map(len, groups + columns)) <= 13 * box["width"], item["title"]


def test_a_formula_uses_every_query_and_no_other(dashboard: Document) -> None:
    for item in definitions(dashboard["widgets"]):
        for request in item.get("requests", []):
            if "formulas" in request:
                known = {query["name"] for query in request["queries"]}
                formulas = " ".join(formula["formula"] for formula in request["formulas"])
                assert set(re.findall(r"\bquery\d+\b", formulas)) == known, item["title"]


def test_the_netflow_dashboard_has_all_groups(documents: Mapping[str, Mapping[str, Document]]) -> None:
    widgets = documents["dashboard"]["netflow"]["widgets"]
    assert [widget["definition"]["title"] for widget in widgets] == [
        "Overview",
        "Traffic",
        "Top talkers",
        "Services",
        "Geography",
        "Security",
        "Quality",
        "Exporters",
        "Flow records",
    ]


def test_the_table_of_who_knocks_at_management_ports_asks_for_no_country(
    documents: Mapping[str, Mapping[str, Document]],
) -> None:
    """A log without the attribute that it is grouped by is left out, and an attacker may have no country."""
    widgets = documents["dashboard"]["netflow"]["widgets"]
    found = {item.get("title"): item for item in definitions(widgets)}
    for query in found["Inbound to management ports"]["requests"][0]["queries"]:
        assert [group["facet"] for group in query["group_by"]] == [
            "@network.client.ip",
            "@network.destination.port",
        ]

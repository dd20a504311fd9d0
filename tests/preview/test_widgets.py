"""What each kind of widget shows of a few logs."""

from __future__ import annotations

import pytest

from ddconf.preview.dashboard import dashboard
from ddconf.preview.widgets import registered
from tests.analytics.build import log, query, request
from tests.preview.build import BYTES, LOGS, drawn, sums, widget
from tests.preview.reading import read, widgets


def test_a_query_value_is_scaled_coloured_and_shown_in_full() -> None:
    red = {"comparator": ">", "value": 1, "palette": "white_on_red"}
    inside = drawn("query_value", sums(conditional_formats=[red]), precision=1)
    assert inside.words == "3.8 MiB 4,000,576"
    assert inside.all("div", "white_on_red")


def test_a_formula_of_a_query_value_is_computed() -> None:
    found = request(query("sum", "@bytes"), formulas=["query1 * 8 / 60"])
    assert drawn("query_value", found, precision=2).words == "533.41 k 533,410.1333"


def test_a_query_value_may_have_its_course_behind_it() -> None:
    assert drawn("query_value", sums(), timeseries_background={"type": "bars"}).all("svg")


def test_a_top_list_is_ranked_with_bars_of_their_share() -> None:
    inside = drawn("toplist", sums("@client"))
    assert [item.words for item in inside.all("li")] == [
        "10.0.0.1 3.81 MiB",
        "10.0.0.2 500 B",
        "fe80::1 76 B",
    ]
    assert [bar.attributes["style"] for bar in inside.all("i", "bar")][:2] == ["width:100.0%", "width:0.0%"]


def test_a_map_is_a_list_of_countries() -> None:
    logs = [log(geo="DE"), log(geo="DE"), log(geo="US")]
    inside = drawn("geomap", request(query("count", None, "@geo")), logs=logs)
    assert [item.words for item in inside.all("li")] == ["DE 2", "US 1"]


def test_a_table_has_a_column_for_each_formula_and_a_row_for_each_group() -> None:
    found = request(
        query("sum", "@bytes", "@client"),
        query("count", None, "@client", name="query2"),
        formulas=["query1", "query2"],
    )
    found["formulas"][0] |= {"alias": "Bytes", "cell_display_mode": "bar", **BYTES}
    assert [row.words for row in drawn("query_table", found).all("tr")] == [
        "@client Bytes query2",
        "10.0.0.1 3.81 MiB 2",
        "10.0.0.2 500 B 1",
        "fe80::1 76 B 1",
    ]


def test_a_time_series_is_a_chart_with_a_table_of_figures() -> None:
    inside = drawn("timeseries", sums("@client", display_type="bars"), legend_columns=["max", "sum"])
    assert [row.words for row in inside.all("tr")] == [
        "Series max sum",
        "10.0.0.1 2.86 MiB 3.81 MiB",
        "10.0.0.2 500 B 500 B",
        "fe80::1 76 B 76 B",
    ]
    assert inside.all("svg")


@pytest.mark.parametrize("display", ["line", "area", "bars"])
def test_every_display_of_a_time_series_is_drawn(display: str) -> None:
    inside = drawn("timeseries", sums("@client", display_type=display), markers=[{"value": "y = 100"}])
    assert len(inside.all("path")) > 3


def test_a_measure_has_the_unit_of_its_facet() -> None:
    inside = drawn(
        "query_value",
        request(query("max", "@took")),
        logs=[log(took=2500)],
        more={"units": {"took": "millisecond"}},
    )
    assert inside.words == "2.5 s 2,500"


def test_shares_are_rings_with_a_list_of_figures() -> None:
    inside = drawn("sunburst", request(query("count", None, "@client", "@port")))
    assert [item.words for item in inside.all("li")] == [
        "10.0.0.1 2 50.0%",
        "10.0.0.2 1 25.0%",
        "fe80::1 1 25.0%",
    ]
    assert len(inside.all("path")) >= 7


def test_a_tree_map_names_its_areas() -> None:
    inside = drawn("treemap", sums("@client", "@port"))
    chart = inside.all("div", "chart")[0]
    assert chart.attributes["aria-label"] == "Areas: 10.0.0.1 3.81 MiB, 10.0.0.2 500 B, fe80::1 76 B"
    assert "443  2.86 MiB" in chart.text


@pytest.mark.parametrize("type_", ["distribution", "heatmap"])
@pytest.mark.parametrize("scale", ["linear", "log"])
def test_a_distribution_tells_what_its_values_are(type_: str, scale: str) -> None:
    found = {"request_type": "histogram", "query": query("avg", "@bytes")}
    axis = {"xaxis": {"scale": scale}, "yaxis": {"scale": scale}}
    inside = drawn(type_, found, **axis)
    assert inside.all("p", "summary")[0].text == "4 values from 76 to 3,000,000"
    assert inside.all("svg")


def test_a_change_is_told_in_numbers_and_in_percent() -> None:
    logs = [log(5), log(6), log(7), log(5 - 60), log(6 - 60)]
    found = request(query()) | {"compare_to": "hour_before"}
    assert drawn("change", found, logs=logs).words == "Before Now Change query1 2 5 +3 (+150.0%)"
    rows = drawn("change", request(query(), formulas=["hour_before(query1)", "query1"]), logs=logs).all("tr")
    assert rows[-1].words == drawn("change", found, logs=logs).all("tr")[-1].words


def test_a_stream_lists_logs_newest_first() -> None:
    found = {
        "query": {"data_source": "logs_stream", "query_string": "@port:443"},
        "columns": [
            {"field": "status_line"},
            {"field": "timestamp"},
            {"field": "@client"},
            {"field": "content"},
        ],
    }
    rows = drawn("list_stream", found).all("tr")
    assert [row.words for row in rows] == [
        "date @client message",
        "Nov 23 05:02:00.000 10.0.0.2",
        "Nov 23 05:00:00.000 10.0.0.1",
    ]


def test_the_older_stream_is_drawn_too() -> None:
    inside = drawn("log_stream", query="@port:443", columns=["client"], show_message_column=False)
    assert inside.all("tr")[1].words == "Nov 23 05:02:00.000 10.0.0.2"


def test_monitors_that_match_a_summary_are_named() -> None:
    monitors = [
        {"name": "Port scan", "type": "log alert", "tags": ["system:netflow"]},
        {"name": "Other", "type": "log alert", "tags": ["system:nas"]},
    ]
    inside = drawn("manage_status", query='tag:"system:netflow"', more={"monitors": monitors})
    assert inside.words == "1 monitor, not evaluated offline Port scan"


def test_a_note_is_markdown() -> None:
    inside = drawn(
        "note",
        content="**Bold** and `code`\n\n- [one](/logs)\n- [two](/dashboard/${dashboard.netflow})",
        more={"app": "https://app"},
    )
    assert inside.words == "Bold and code one two"
    assert [link.attributes["href"] for link in inside.all("a")] == ["https://app/logs", "/dashboard/netflow"]


def test_pictures_and_frames_are_named_and_never_fetched() -> None:
    for type_ in ("image", "iframe"):
        inside = drawn(type_, url="https://example.com/a.png")
        assert "https://example.com/a.png" in inside.text
        assert not inside.all("img") and not inside.all("iframe")


def test_what_cannot_be_computed_shows_its_query_and_why() -> None:
    inside = drawn("timeseries", {"q": "avg:system.cpu.user{*}"})
    assert inside.words == "asks for something else than logs avg:system.cpu.user{*}"
    assert drawn("hostmap", {"fill": {"q": "avg:x{*}"}}).words == "hostmap is not drawn here avg:x{*}"


@pytest.mark.parametrize("type_", sorted(registered()))
def test_a_widget_without_logs_says_so_and_does_not_fail(type_: str) -> None:
    found = sums("@client") | {"query": {"data_source": "logs_stream", "query_string": "*"}}
    if type_ in ("distribution", "heatmap"):
        found = {"query": query("avg", "@bytes")}
    assert drawn(type_, found, logs=[]) is not None
    assert drawn(type_, logs=LOGS) is not None


def test_groups_hold_their_widgets_and_places_are_on_the_grid() -> None:
    inner = widget("note", "Inside", content="hello")
    inner["layout"] = {"x": 3, "y": 1, "width": 99, "height": 2}
    document = {"title": "D", "widgets": [widget("group", "Group", widgets=[inner])]}
    tree = read(dashboard(document, []))
    [group] = tree.all("section", "group")
    [section] = group.all("section", "widget")
    assert section.attributes["style"] == "--x:1;--y:2;--w:12;--h:2"
    assert group.all("h2")[0].text == "Group"


def test_a_free_layout_and_one_without_places_are_drawn_too() -> None:
    free = {
        "layout_type": "free",
        "widgets": [widget("free_text", "A", text="x"), widget("free_text", "B", text="y")],
    }
    free["widgets"][0]["layout"] = {"x": 0, "y": 0, "width": 60, "height": 16}
    free["widgets"][1]["layout"] = {"x": 60, "y": 0, "width": 60, "height": 16}
    styles = [item.attributes["style"] for item in read(dashboard(free, [])).all("section")]
    assert styles == ["--x:1;--y:1;--w:6;--h:2", "--x:7;--y:1;--w:6;--h:2"]
    flowing = {"widgets": [{"definition": {"type": "free_text", "text": "x"}}]}
    assert (
        read(dashboard(flowing, [])).all("section")[0].attributes["style"] == "--x:auto;--y:auto;--w:4;--h:2"
    )


def test_template_variables_narrow_every_query() -> None:
    found = request(query(search={"query": "* $client"}))
    document = {
        "title": "D",
        "template_variables": [{"name": "client", "prefix": "@client", "defaults": ["*"]}],
        "widgets": [widget("query_value", requests=[found])],
    }
    assert widgets(dashboard(document, LOGS))["Widget"].words == "4"
    served = dashboard(document, LOGS, chosen={"client": ["10.0.0.1"]}, served=True)
    assert widgets(served)["Widget"].words == "2"
    options = read(served).all("option")
    assert [option.text for option in options] == ["*", "10.0.0.1", "10.0.0.2", "fe80::1"]
    assert [option.text for option in options if "selected" in option.attributes] == ["10.0.0.1"]

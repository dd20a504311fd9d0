"""The laws of comparing on real dashboards, where the corpus is at hand."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from ddconf.document import Document, canonical, copy
from ddconf.kind import find_kind
from ddconf.plans.comparison import NormalizationContext, compare, is_unchanged
from ddconf.plans.explain.edits import EditKind, explain
from ddconf.plans.merge import body_for_update
from ddconf.plans.normalize import normalize

KIND = find_kind("dashboard")


def dashboards(corpus: Path) -> list[Document]:
    with gzip.open(corpus / "content" / "dashboards.jsonl.gz", "rt", encoding="utf-8") as lines:
        found = [json.loads(line)["document"] for line in lines]
    return [document for document in found if len(document.get("widgets") or ()) > 2]


def as_live(document: Document) -> Document:
    """As the server shows it: with an id, an author and ids of widgets."""
    live = copy(document) | {"id": "abc-def-ghi", "author_handle": "a@example.com", "url": "/dashboard/x"}
    for number, widget in enumerate(live["widgets"]):
        widget["id"] = 10**15 + number
    assert isinstance(live, dict)
    return live


def test_normalizing_real_dashboards_twice_changes_nothing_more(corpus: Path) -> None:
    for document in dashboards(corpus)[::5]:
        once = normalize(KIND, document)
        assert canonical(normalize(KIND, once)) == canonical(once)


def test_real_dashboards_equal_what_the_server_shows_of_them(corpus: Path) -> None:
    for document in dashboards(corpus):
        if not document.get("tabs"):
            assert is_unchanged(NormalizationContext(KIND), document, as_live(document))


def test_one_widget_put_in_the_middle_of_a_real_dashboard_is_one_edit(corpus: Path) -> None:
    new = {"definition": {"type": "note", "content": "brand new"}}
    for document in dashboards(corpus)[::5]:
        live, desired = as_live(document), copy(document)
        middle = len(desired["widgets"]) // 2
        desired["widgets"].insert(middle, new)
        _, fields = compare(NormalizationContext(KIND), desired, live, None)
        (edit,) = [edit for field in fields for edit in explain(KIND, field)]
        assert (edit.kind, edit.after["definition"]["content"]) == (EditKind.ADDED, "brand new")
        sent = body_for_update(KIND, live, fields, desired)
        ids = [widget.get("id") for widget in sent["widgets"]]
        assert ids == [*ids[:middle], None, *ids[middle + 1 :]]
        assert [id_ for id_ in ids if id_ is not None] == [widget["id"] for widget in live["widgets"]]

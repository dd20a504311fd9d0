"""The pages by their address: an index, one for each dashboard, pipeline and monitor; no socket, no files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from urllib.parse import parse_qs, quote, unquote

from ddconf.document import Document
from ddconf.errors import DdconfError, Diagnostic
from ddconf.pipelines.log import Log
from ddconf.pipelines.query import parse_query
from ddconf.pipelines.sample_context import written
from ddconf.preview import experiment
from ddconf.preview.dashboard import dashboard
from ddconf.preview.material import Material
from ddconf.preview.monitor import monitor_page
from ddconf.preview.pipeline import SCRIPT, editor
from ddconf.render.markup import Html, element, join
from ddconf.render.page import page

_SAMPLES = 10
_KINDS = {
    "dashboard": "dashboard",
    "logs_custom_pipeline": "pipeline",
    "pipeline": "pipeline",
    "monitor": "monitor",
}
_PAGES = "dashboard, pipeline or monitor"

Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class SiteResponse:
    """What a browser is sent."""

    body: str
    type: str = "text/html"
    status: int = 200


def mistakes(error: DdconfError) -> SiteResponse:
    """A page that tells what is wrong with the definitions."""
    listed = element("ul", *(element("li", str(item)) for item in error.diagnostics), class_="problems")
    return SiteResponse(
        page("Mistakes", join(element("h1", "These definitions have mistakes"), listed)), status=500
    )


class Site:
    """Pages over one material; a page that was made is kept."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self._made: dict[str, SiteResponse] = {}

    def get(self, target: str) -> SiteResponse:
        """The answer to a path with its query."""
        if target not in self._made:
            if len(self._made) > 100:
                self._made.clear()
            self._made[target] = self._get(target)
        return self._made[target]

    def _get(self, target: str) -> SiteResponse:
        encoded, _, query = target.partition("?")
        path = unquote(encoded)
        if path == "/":
            return SiteResponse(self._index())
        if path == SCRIPT:
            script = resources.files("ddconf.preview").joinpath("pipeline.js").read_text(encoding="utf-8")
            return SiteResponse(script, "text/javascript")
        kind, _, name = path.removeprefix("/").partition("/")
        if name in self._documents(kind):
            return SiteResponse(self._page(kind, name, parse_qs(query), served=True))
        return SiteResponse(page("Not found", element("p", "There is no such page here")), status=404)

    def post(self, target: str, body: str) -> SiteResponse:
        """The answer to an edited pipeline, or to what is none."""
        kind, _, name = unquote(target).removeprefix("/").partition("/")
        if kind != "pipeline" or name not in self.material.pipelines:
            return SiteResponse("{}", "application/json", 404)
        try:
            asked = json.loads(body)
            samples = [str(text) for text in asked["samples"]]
            edits = [dict(edit) for edit in asked["edits"]]
        except (ValueError, TypeError, KeyError, RecursionError):
            return SiteResponse("{}", "application/json", 400)
        found = experiment.run(
            self.material.pipelines[name],
            samples,
            edits,
            now=self.material.now,
            enrichment=self.material.enrichment,
        )
        return SiteResponse(json.dumps(found), "application/json")

    @property
    def paths(self) -> list[str]:
        """Every page but the index."""
        return [f"/{kind}/{quote(name)}" for kind, name in self._known()]

    def path(self, address: str | None) -> str:
        """Where the page of an address is; the index without one."""
        return "/" if address is None else "/" + "/".join(self._meant(address))

    def page(self, address: str | None, values: Values) -> str:
        """The page of an address, as a file; raises DdconfError where it is not clear which one is meant."""
        kind, name = self._meant(address)
        return self._page(kind, name, values, served=False)

    def _documents(self, kind: str) -> Mapping[str, Document]:
        return self._all.get(kind, {})

    @property
    def _all(self) -> Mapping[str, Mapping[str, Document]]:
        """The documents by the kind of their pages."""
        material = self.material
        return {
            "dashboard": material.dashboards,
            "pipeline": material.pipelines,
            "monitor": material.alerts.documents,
        }

    def _known(self) -> list[tuple[str, str]]:
        return [(kind, name) for kind, documents in self._all.items() for name in documents]

    def _meant(self, address: str | None) -> tuple[str, str]:
        known = self._known()
        alone = [page for page in known if page[0] != "monitor"] or known
        if address is None and len(alone) == 1:
            return alone[0]
        kind, _, name = (address or "").rpartition(".")
        for found in known:
            if found[1] == name and _KINDS.get(kind or found[0]) == found[0]:
                return found
        hint = "there are: " + (", ".join(f"{kind}.{name}" for kind, name in known) or "none")
        what = f"no {_PAGES} {address}" if address else f"name the {_PAGES} to write"
        raise DdconfError(Diagnostic(what, hint=hint))

    def _page(self, kind: str, name: str, values: Values, *, served: bool) -> str:
        material = self.material
        if kind == "pipeline":
            return self._editor(name, served=served)
        if kind == "monitor":
            return monitor_page(material.alerts, name, served=served)
        return dashboard(
            material.dashboards[name],
            material.logs,
            chosen=values,
            monitors=material.monitors,
            units=material.units,
            app=material.app,
            served=served,
        )

    def _editor(self, name: str, *, served: bool) -> str:
        document = self.material.pipelines[name]
        samples = [written(log) for log in self._passing(document)]
        answer = experiment.run(document, samples, now=self.material.now, enrichment=self.material.enrichment)
        return editor(name, document, samples, answer, served=served)

    def _passing(self, pipeline: Document) -> list[Log]:
        """Some of the samples that pass the filter, from the first to the last, each text once."""
        matches = parse_query((pipeline.get("filter") or {}).get("query") or "*").matches
        found = list({written(log): log for log in self.material.arriving if matches(log)}.values())
        step = max(1, len(found) / _SAMPLES)
        return [found[int(index * step)] for index in range(min(_SAMPLES, len(found)))]

    def _index(self) -> str:
        lists = (
            _links("Dashboards", "dashboard", self.material.dashboards, "title"),
            _links("Pipelines", "pipeline", self.material.pipelines, "name"),
            _links("Monitors", "monitor", self.material.alerts.documents, "name"),
        )
        head = element("header", element("h1", "Previews"))
        return page("Previews", join(head, element("main", *lists)))


def _links(title: str, kind: str, documents: Mapping[str, Document], label: str) -> Html:
    items = (
        element("li", element("a", str(document.get(label) or name), href=f"/{kind}/{quote(name)}"))
        for name, document in documents.items()
    )
    return element("section", element("h2", title), element("ul", *items))

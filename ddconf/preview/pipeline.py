"""The page of a pipeline: samples on the left, its rules in the middle, what becomes of the samples right."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from ddconf.definitions.yaml.write import dump
from ddconf.document import Document, Path
from ddconf.pipelines.trial import Trial
from ddconf.render.log_outcome import attributes, steps
from ddconf.render.markup import Html, element, join
from ddconf.render.page import page
from ddconf.render.values import printable

SCRIPT = "/pipeline.js"
_GROK = "grok-parser"
_MOST_ROWS, _SAMPLE_ROWS, _SAMPLE_WIDTH = 18, 6, 44


def editor(name: str, document: Document, samples: Sequence[str], answer: Document, *, served: bool) -> str:
    """The page; `answer` is what `experiment.run` says of the samples, and is shown at once.

    With `served`, texts can be edited, and a script asks the page's server again at every key.
    """
    title = str(document.get("name") or name)
    home = element("nav", element("a", "All previews", href="/")) if served else None
    head = element("header", home, element("h1", title), element("p", str(document.get("description") or "")))
    body = element(
        "main",
        element(
            "section", element("h2", "Samples"), *_samples(samples, answer, served), aria_label="Samples"
        ),
        element("section", *_rules(document, answer, served), aria_label="Rules"),
        element("section", element("h2", "Attributes"), *_results(answer), aria_label="Attributes"),
        class_="editor",
        data_address=f"/pipeline/{name}" if served else None,
    )
    return page(title, join(head, body), script=SCRIPT if served else "")


def _samples(samples: Sequence[str], answer: Document, served: bool) -> Iterator[Html]:
    for index, text in enumerate(samples):
        said = answer["samples"][index]["badge"] if answer["samples"] else ""
        yield element(
            "div",
            element(
                "label", f"Sample {index + 1} ", element("span", Html(said), class_="badge"), for_=f"s{index}"
            ),
            _field(text, f"s{index}", "sample", served),
            class_="sample",
        )
    if not samples:
        yield element("p", "No sample passes the filter of this pipeline", class_="empty")


def _rules(document: Document, answer: Document, served: bool) -> Iterator[Html]:
    yield element("h2", "Rules")
    yield element("ul", Html(answer["problems"]), class_="problems", role="alert")
    yield from _text(document, ("filter", "query"), "Filter", "f", served)
    yield from _processors(document.get("processors") or [], (), served)


def _processors(processors: Sequence[Document], path: Path, served: bool) -> Iterator[Html]:
    for index, item in enumerate(processors):
        here = (*path, "processors", index)
        type_ = str(item.get("type") or "")
        label = join(printable(str(item.get("name") or type_)), " ", element("small", type_))
        inside = list(_inside(item, type_, here, served))
        yield element("details", element("summary", label), *inside, open=type_ == _GROK)


def _inside(item: Document, type_: str, path: Path, served: bool) -> Iterator[Html]:
    key = "-".join(map(str, path[1::2]))
    if type_ == _GROK:
        yield from _text(item, ("grok", "match_rules"), "Match rules", f"m{key}", served, path)
        yield from _text(item, ("grok", "support_rules"), "Support rules", f"r{key}", served, path)
    elif type_ == "pipeline":
        yield from _text(item, ("filter", "query"), "Filter", f"f{key}", served, path)
        yield element("div", *_processors(item.get("processors") or [], path, served), class_="nested")
    else:
        yield element("label", "Definition", for_=f"y{key}")
        yield _field(dump(item), f"y{key}", "yaml", served, path)


def _text(
    item: Document, below: Path, title: str, name: str, served: bool, path: Path = ()
) -> Iterator[Html]:
    """A text of a processor, under its title; an absent one is empty."""
    value: object = item
    for step in below:
        value = value.get(step) if isinstance(value, dict) else None
    yield element("label", title, for_=name)
    yield _field(str(value or ""), name, "text", served, (*path, *below))


def _field(text: str, name: str, form: str, served: bool, path: Path = ()) -> Html:
    rows = text.count("\n") + 1 if form != "sample" else len(text) // _SAMPLE_WIDTH + 1
    return element(
        "textarea",
        f"\n{text}",  # a browser drops the first line break
        id=name,
        rows=min(max(rows, 2), _MOST_ROWS if form != "sample" else _SAMPLE_ROWS),
        spellcheck="false",
        readonly=not served,
        data_form=form,
        data_path=json.dumps(path),
    )


def _results(answer: Document) -> Iterator[Html]:
    for index, sample in enumerate(answer["samples"]):
        yield element(
            "details",
            element(
                "summary", f"Sample {index + 1} ", element("span", Html(sample["badge"]), class_="badge")
            ),
            element("div", Html(sample["result"]), class_="result"),
            open=index == 0,
        )


def result(trial: Trial) -> Html:
    """What became of one sample."""
    message = element("p", element("code", printable(trial.outcome.log.message)))
    return join(message, element("pre", printable_lines(attributes(trial.outcome))), steps(trial.outcome))


def printable_lines(text: str) -> str:
    return "\n".join(printable(line) for line in text.split("\n"))

"""A whole page: one file with its style inside, that fetches nothing and runs nothing of its own accord."""

from __future__ import annotations

from functools import cache
from importlib import resources

from ddconf.render.markup import Html, element, join

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'self'"
"""What a browser may do on a page. https://www.w3.org/TR/CSP3/"""


def page(title: str, body: Html, *, script: str = "") -> str:
    """The page as a file; `script` is the address of a script that its server has, and no other may run."""
    policy = f"{POLICY}; script-src 'self'; connect-src 'self'" if script else POLICY
    head = join(
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", title),
        element("style", Html(style())),
    )
    run = element("script", src=script, defer=True) if script else None
    whole = element("html", element("head", head, run), element("body", body), lang="en")
    return f"<!doctype html>\n{whole}\n"


@cache
def style() -> str:
    """The style sheet of all pages."""
    return resources.files("ddconf.render").joinpath("page.css").read_text(encoding="utf-8")

"""A whole page: one file with its style inside, that fetches nothing and runs no script but ddconf's own."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib import resources

from ddconf.render.markup import Html, element, join

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'self'"
"""What a browser may do on a page. https://www.w3.org/TR/CSP3/"""


def page(title: str, body: Html, *, script: str = "", inline: str = "") -> str:
    """The page as a file; no script runs but the one that its server has at `script`, or that of `inline`.

    A browser runs the latter by its digest. https://www.w3.org/TR/CSP3/#grammardef-hash-source
    """
    policy = f"{POLICY}; script-src 'self'; connect-src 'self'" if script else POLICY
    if inline:
        digest = b64encode(sha256(inline.encode()).digest()).decode()
        policy = f"{POLICY}; script-src 'sha256-{digest}'"
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
    own = element("script", Html(inline)) if inline else None
    whole = element("html", element("head", head, run), element("body", body, own), lang="en")
    return f"<!doctype html>\n{whole}\n"


@cache
def style() -> str:
    """The style sheet of all pages."""
    return resource("page.css")


def resource(name: str) -> str:
    """A file that belongs to pages."""
    return resources.files("ddconf.render").joinpath(name).read_text(encoding="utf-8")

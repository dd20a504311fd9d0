"""Where the object of a change is in the web interface, for what a person must do by hand."""

from __future__ import annotations

from ddconf.kind import Kind
from ddconf.kind.page import object_page
from ddconf.plans.change import Change


def page_url(kind: Kind, change: Change, site: str) -> str:
    """The page of a change's object, or nothing where the kind names none or the site has no pages."""
    return object_page(kind, change.desired or change.before or {}, change.id or "", site)

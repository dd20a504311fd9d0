"""Where an object is in the web interface."""

from __future__ import annotations

import re
from urllib.parse import quote

from ddconf.document import Document
from ddconf.kind.shape import Kind


def object_page(kind: Kind, document: Document, id_: str, site: str) -> str:
    """The page of an object, or nothing where the kind names none or the site has no pages."""
    host = app_host(site)
    if not kind.page or not host:
        return ""
    values = {**document, "id": id_}
    path = re.sub(r"\{(\w+)\}", lambda found: quote(str(values.get(found[1], "")), safe=""), kind.page)
    return f"https://{host}{path}"


def app_host(site: str) -> str:
    """`datadoghq.com` -> `app.datadoghq.com`, `us5.datadoghq.com` as it is, nothing for the sandbox.

    https://docs.datadoghq.com/getting_started/site/
    """
    if "." not in site or not re.fullmatch(r"[a-z0-9.-]+", site):
        return ""
    return site if site.count(".") > 1 else f"app.{site}"

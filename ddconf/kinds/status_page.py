"""Status page: https://docs.datadoghq.com/api/latest/status-pages/"""

from ddconf.document import JSON, Document
from ddconf.kind import Kind, Pages, jsonapi


def _canonicalize(page: Document) -> Document:
    return {**page, "components": _placed(page.get("components"))}


def _placed(components: JSON) -> list[Document]:
    """Components less the positions that follow from their order, which Datadog fills in."""
    placed = []
    for index, component in enumerate(components or ()):
        kept = {key: value for key, value in component.items() if (key, value) != ("position", index)}
        below = _placed(component.get("components"))
        placed.append({**kept, "components": below} if below else kept)
    return placed


KIND = Kind(
    name="status_page",
    api=jsonapi(
        "/api/v2/statuspages",
        "status_pages",
        pages=Pages("offset", "page[offset]", "page[limit]", limit=50, total="meta.page.total"),
    ),
    key=("domain_prefix",),
    read_only=(
        "id",
        "created_at",
        "custom_domain",
        "custom_domain_enabled",
        "enabled",
        "modified_at",
        "page_url",
        "components[*].components[*].id",
        "components[*].components[*].status",
        "components[*].id",
        "components[*].status",
        "relationships",
    ),
    defaults={"subscriptions_enabled": False},
    canonicalize=_canonicalize,
    immutable=("components",),
    permissions={"read": "status_pages_settings_read", "write": "status_pages_settings_write"},
    title="Status page",
    area="Service management",
    tier=3,
)

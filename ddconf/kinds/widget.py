"""Saved widget: https://docs.datadoghq.com/api/latest/widgets/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

KIND = Kind(
    name="widget",
    api=jsonapi(
        "/api/v2/widgets/{experience_type}",
        "widgets",
        id_in=(),
        update=Call("PUT", "/api/v2/widgets/{experience_type}/{id}"),
        pages=Pages("page", "page[number]", "page[size]", limit=100),
        merges=False,
        parent=("experience_type", ""),
    ),
    key=("experience_type", "definition.title"),
    read_only=("id", "created_at", "is_favorited", "modified_at", "relationships"),
    unordered=("tags",),
    immutable=("experience_type",),
    permissions={
        "read": "product_analytics_saved_widgets_read",
        "write": "product_analytics_saved_widgets_write",
    },
    title="Saved widget",
    area="Dashboards",
    tier=3,
)

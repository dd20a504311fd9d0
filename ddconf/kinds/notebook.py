"""Notebook: https://docs.datadoghq.com/api/latest/notebooks/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

KIND = Kind(
    name="notebook",
    api=jsonapi(
        "/api/v1/notebooks",
        "notebooks",
        id_in=(),
        update=Call("PUT", "/api/v1/notebooks/{id}"),
        pages=Pages("offset", "start", "count", limit=100, total="meta.page.total_count"),
        merges=False,
    ),
    integer_id=True,
    read_only=(
        "id",
        "author",
        "cells[*].id",
        "created",
        "deleted",
        "metadata.is_favorite",
        "modified",
    ),
    defaults={
        "metadata.is_template": False,
        "metadata.take_snapshots": False,
        "status": "published",
    },
    unordered=("tags",),
    permissions={"read": "notebooks_read", "write": "notebooks_write"},
    told_by=("cells", "metadata"),
    title="Notebook",
    area="Dashboards",
    notes="Cells keep their ids in an update.",
)

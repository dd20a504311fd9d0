"""App Builder app: https://docs.datadoghq.com/api/latest/app-builder/"""

from ddconf.kind import Kind, Pages, jsonapi

KIND = Kind(
    name="app_builder_app",
    api=jsonapi(
        "/api/v2/app-builder/apps",
        "appDefinitions",
        pages=Pages("page", "page", "limit", limit=100, total="meta.page.totalCount"),
        summary=True,
    ),
    read_only=(
        "id",
        "favorite",
        "relationships",
        "selfService",
    ),
    defaults={"description": ""},
    unordered=("tags",),
    identity={"components": "name"},
    references={"queries[*].properties.spec.connectionId": "action_connection"},
    permissions={
        "read": "apps_run and connections_read",
        "write": "apps_write and connections_resolve and workflows_run",
    },
    title="App Builder app",
    area="Service management",
    terraform=("datadog_app_builder_app",),
    tier=2,
    notes="An update makes a new version; it is published by hand.",
)

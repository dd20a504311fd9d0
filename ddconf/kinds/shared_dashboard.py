"""Shared dashboard: https://docs.datadoghq.com/api/latest/dashboards/"""

from ddconf.kind import Kind, rest

KIND = Kind(
    name="shared_dashboard",
    api=rest("/api/v1/dashboard/public", list=None, merges=True),
    id="token",
    key=("dashboard_id",),
    read_only=(
        "token",
        "author",
        "created",
        "invitees",
        "invitees[*].created_at",
        "last_accessed",
        "public_url",
        "session_duration_in_days",
        "title",
    ),
    defaults={"global_time_selectable_enabled": False, "status": "active"},
    immutable=("dashboard_id", "dashboard_type"),
    references={"dashboard_id": "dashboard"},
    unordered=("share_list",),
    shared_lists=("share_list",),
    permissions={
        "read": "dashboards_read",
        "write": "dashboards_embed_share or dashboards_invite_share or dashboards_public_share",
    },
    title="Shared dashboard",
    area="Dashboards",
    tier=2,
    notes="Datadog adds to `share_list` whoever shares. "
    "There is no list: one that the state does not know is named by `ddconf: {id: TOKEN}`.",
)

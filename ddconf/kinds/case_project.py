"""Case project: https://docs.datadoghq.com/api/latest/case-management/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="case_project",
    api=jsonapi("/api/v2/cases/projects", "project", id_in=()),
    key=("key",),
    read_only=("id", "restricted", "relationships"),
    immutable=("key",),
    title="Case project",
    area="Service management",
    tier=3,
)

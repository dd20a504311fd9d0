"""Jira issue template: https://docs.datadoghq.com/api/latest/jira-integration/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="integration_jira_issue_template",
    api=jsonapi("/api/v2/integration/jira/issue-templates", "jira-issue-template", id_in=()),
    read_only=("id", "relationships"),
    immutable=("issue_type_id", "jira-account", "project_id"),
    title="Jira issue template",
    area="Integrations",
    tier=2,
    notes="The Jira account is connected by hand. Datadog may still change this API.",
)

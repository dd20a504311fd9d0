"""The permissions of the emulated organisation: what roles hold, the same in every sandbox.

A role that is created holds `BASE` besides what was asked for.
https://docs.datadoghq.com/account_management/rbac/permissions/
"""

from __future__ import annotations

import uuid

from ddconf.emulator.wire import Document

_KNOWN_IDS = {
    "logs_live_tail": "6f66600e-dd12-11e8-9e55-7f30fbb45e73",
    "dashboards_read": "d90f6830-d3d8-11e9-a77a-b3404e5e9ee2",
    "monitors_read": "4441648c-d8b1-11e9-a77a-1b899a04b304",
    "apm_read": "417ba636-2dce-11eb-84c0-6bce5b0d9de0",
    "incident_read": "12efc20e-d36c-11eb-a9b8-da7ad0900002",
    "rum_apps_read": "7605ef24-f376-11eb-b90b-da7ad0900002",
    "notebooks_read": "b6bf9ac6-9a59-11ec-8480-da7ad0900002",
    "slos_read": "f8e941cf-e746-11ec-b22d-da7ad0900002",
    "ci_visibility_read": "6c5ad874-7aff-11ed-a5cd-da7ad0900002",
    "cd_visibility_read": "a8b4d6e8-4ea4-11ee-b482-da7ad0900002",
    "appsec_vm_read": "50c270de-69ee-11ee-9151-da7ad0900002",
}
_GROUPS = {
    "Dashboards": "dashboards_read dashboards_write dashboards_public_share",
    "Monitors": "monitors_read monitors_write monitors_downtime monitor_config_policy_write",
    "Service Level Objectives": "slos_read slos_write slos_corrections",
    "Notebooks": "notebooks_read notebooks_write",
    "Log Management": (
        "logs_live_tail logs_read_data logs_read_config logs_read_index_data logs_read_archives "
        "logs_modify_indexes logs_write_exclusion_filters logs_write_pipelines logs_write_processors "
        "logs_write_archives logs_write_historical_view logs_generate_metrics logs_write_facets "
        "logs_write_forwarding_rules"
    ),
    "APM": "apm_read apm_generate_metrics apm_retention_filter_read apm_retention_filter_write",
    "Case and Incident Management": "incident_read incident_write",
    "Real User Monitoring": "rum_apps_read rum_apps_write",
    "Software Delivery": "ci_visibility_read ci_visibility_write cd_visibility_read",
    "Synthetic Monitoring": (
        "synthetics_read synthetics_write synthetics_global_variable_read synthetics_global_variable_write"
    ),
    "Cloud Security Platform": (
        "appsec_vm_read security_monitoring_rules_read security_monitoring_rules_write"
    ),
    "Compliance": "data_scanner_read data_scanner_write",
    "Access Management": "user_access_read user_access_manage user_access_invite teams_read teams_manage",
    "API and Application Keys": "api_keys_read api_keys_write user_app_keys org_app_keys_read",
}
BASE_NAMES = (
    "dashboards_read",
    "monitors_read",
    "apm_read",
    "incident_read",
    "rum_apps_read",
    "notebooks_read",
    "slos_read",
    "ci_visibility_read",
    "cd_visibility_read",
    "appsec_vm_read",
)


def _permission(name: str, group: str, realm: str) -> Document:
    return {
        "type": "permissions",
        "id": permission_id(name, realm),
        "attributes": {
            "name": name,
            "display_name": name.replace("_", " ").title(),
            "description": "",
            "created": "2019-09-10T14:39:51.955175+00:00",
            "group_name": group,
            "display_type": "read" if name.endswith("_read") else "write",
            "restricted": name in BASE_NAMES,
        },
    }


def permission_id(name: str, realm: str = "") -> str:
    """Each site has ids of its own, told by a realm: none is that of datadoghq.com."""
    known = _KNOWN_IDS.get(name) if not realm else None
    return known or str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{name}.{realm}" if realm else name))


def permissions(realm: str = "") -> list[Document]:
    """Every permission as a site lists it."""
    return [_permission(name, group, realm) for group, names in _GROUPS.items() for name in names.split()]


def base(realm: str = "") -> list[str]:
    """The ids of what every role holds."""
    return [permission_id(name, realm) for name in BASE_NAMES]


BASE = base()

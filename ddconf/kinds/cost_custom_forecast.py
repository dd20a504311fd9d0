"""Cost budget custom forecast: https://docs.datadoghq.com/api/latest/cloud-cost-management/"""

from ddconf.document import JSON, Document
from ddconf.kind import Call, Kind, jsonapi


def _update(forecast: Document) -> JSON:
    fields = {key: value for key, value in forecast.items() if key != "id"}
    return {"data": {"type": "custom_forecast", "attributes": fields}}


KIND = Kind(
    name="cost_custom_forecast",
    api=jsonapi(
        "/api/v2/cost/budget/custom-forecast",
        "custom_forecast",
        id_in=(),
        list=None,
        create=Call("PUT", "/api/v2/cost/budget/custom-forecast"),
        read=Call("GET", "/api/v2/cost/budget/{budget_uid}/custom-forecast"),
        update=Call("PUT", "/api/v2/cost/budget/custom-forecast", body=_update),
        delete=Call("DELETE", "/api/v2/cost/budget/{budget_uid}/custom-forecast"),
        merges=False,
        parent=("budget_uid", "cost_budget"),
    ),
    id="budget_uid",
    key=("budget_uid",),
    read_only=("id", "created_at", "created_by", "updated_at", "updated_by"),
    unordered=("entries",),
    immutable=("budget_uid",),
    references={"budget_uid": "cost_budget"},
    title="Cost budget custom forecast",
    area="Cost",
    terraform=("datadog_cost_custom_forecast",),
    tier=3,
)

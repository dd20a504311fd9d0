"""Percentiles of distributions, as the web interface and datadog-sync-cli switch them.

https://github.com/DataDog/datadog-sync-cli
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.wire import Response, answer, texts

_PATH = "/metric/distribution"
_STORE = "metric_tag_configuration"


@route("GET", f"{_PATH}/list_summaries")
def list_summaries(call: RouteCall) -> Response:
    """Every distribution whose tags are configured."""
    found = [
        {
            "metric_name": metric["id"],
            "include_percentiles": bool(metric["attributes"].get("include_percentiles")),
            "group_by": metric["attributes"].get("tags", []),
        }
        for metric in call.store.all(_STORE)
        if metric["attributes"].get("metric_type") == "distribution"
    ]
    return answer(200, found)


@route("PATCH", f"{_PATH}/summary_aggr/percentiles/enable")
@route("PATCH", f"{_PATH}/summary_aggr/percentiles/disable")
def switch(call: RouteCall) -> Response:
    for name in call.body["metric_names"]:
        metric = call.store.get(_STORE, name)
        if metric is None:
            raise texts(404, "Metric not found")
        changed = {**metric["attributes"], "include_percentiles": call.path.endswith("/enable")}
        call.store.put(_STORE, name, {**metric, "attributes": changed})
    return answer(200, {})

"""The official Python client and datadogpy send and ask, unchanged but for the address."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.shippers.conftest import Target

client = pytest.importorskip("datadog_api_client", reason="no datadog-api-client (PyPI)")


@pytest.fixture
def api(target: Target) -> Iterator[object]:
    configuration = client.Configuration(host=target.url)
    configuration.api_key["apiKeyAuth"] = "key"
    configuration.api_key["appKeyAuth"] = "app-key"
    with client.ApiClient(configuration) as made:
        yield made


@pytest.mark.parametrize("encoding", [None, "gzip", "deflate", "zstd1"])
def test_logs_in_every_encoding_of_the_client(target: Target, api: object, encoding: str | None) -> None:
    from datadog_api_client.v2.api.logs_api import LogsApi
    from datadog_api_client.v2.model.content_encoding import ContentEncoding
    from datadog_api_client.v2.model.http_log import HTTPLog
    from datadog_api_client.v2.model.http_log_item import HTTPLogItem

    item = HTTPLogItem(
        ddsource="nginx", ddtags="env:a,team:b", hostname="h", service="shop", message="hello", extra="x"
    )
    chosen = {"content_encoding": ContentEncoding(encoding)} if encoding else {}
    try:
        LogsApi(api).submit_log(HTTPLog([item]), **chosen)
    except ImportError as error:
        pytest.skip(f"the client packs {encoding} with another library: {error}")
    except (ValueError, TypeError, client.exceptions.ApiTypeError, client.exceptions.ApiValueError) as error:
        pytest.skip(f"the client does not know {encoding}: {error}")
    (log,) = target.logs(1)
    assert (log.message, log.source, log.service, log.host) == ("hello", "nginx", "shop", "h")
    assert log.tags[:2] == ("env:a", "team:b") and log.attributes["extra"] == "x"


def test_metrics_are_sent_and_queried(target: Target, api: object) -> None:
    from datadog_api_client.v1.api.authentication_api import AuthenticationApi
    from datadog_api_client.v1.api.metrics_api import MetricsApi as MetricsV1
    from datadog_api_client.v2.api.metrics_api import MetricsApi
    from datadog_api_client.v2.model.metric_intake_type import MetricIntakeType
    from datadog_api_client.v2.model.metric_payload import MetricPayload
    from datadog_api_client.v2.model.metric_point import MetricPoint
    from datadog_api_client.v2.model.metric_resource import MetricResource
    from datadog_api_client.v2.model.metric_series import MetricSeries

    now = int(time.time())
    series = MetricSeries(
        metric="app.load",
        type=MetricIntakeType(3),
        points=[MetricPoint(timestamp=now - 30, value=1.5)],
        resources=[MetricResource(type="host", name="h")],
        tags=["env:a"],
    )
    assert MetricsApi(api).submit_metrics(MetricPayload([series])).errors == []
    found = MetricsV1(api).query_metrics(_from=now - 300, to=now, query="avg:app.load{env:a} by {host}")
    assert [(one.scope, one.pointlist[0].value[1]) for one in found.series] == [("host:h", 1.5)]
    assert MetricsV1(api).list_active_metrics(_from=now - 300).metrics == ["app.load"]
    assert AuthenticationApi(api).validate().valid


def test_logs_are_found_by_the_client(target: Target, api: object) -> None:
    from datadog_api_client.v2.api.logs_api import LogsApi
    from datadog_api_client.v2.model.http_log import HTTPLog
    from datadog_api_client.v2.model.http_log_item import HTTPLogItem
    from datadog_api_client.v2.model.logs_list_request import LogsListRequest
    from datadog_api_client.v2.model.logs_list_request_page import LogsListRequestPage
    from datadog_api_client.v2.model.logs_query_filter import LogsQueryFilter

    LogsApi(api).submit_log(HTTPLog([HTTPLogItem(message=f"log {number}") for number in range(5)]))
    wanted = LogsListRequest(
        filter=LogsQueryFilter(query="log", _from="now-1h"), page=LogsListRequestPage(limit=2)
    )
    found = [item.attributes.message for item in LogsApi(api).list_logs_with_pagination(body=wanted)]
    assert found == [f"log {number}" for number in range(5)]


def test_datadogpy_over_http(target: Target) -> None:
    datadog = pytest.importorskip("datadog", reason="no datadog (PyPI)")
    datadog.initialize(api_key="key", app_key="app-key", api_host=target.url, mute=False)
    now = int(time.time())
    assert (
        datadog.api.Metric.send(metric="py.load", points=[(now - 20, 2)], host="h", tags=["a:b"])["status"]
        == "ok"
    )
    assert datadog.api.Event.create(title="deployed", text="x", tags=["a"])["status"] == "ok"
    assert datadog.api.ServiceCheck.check(check="app.ok", host_name="h", status=0)["status"] == "ok"
    said = datadog.api.Metric.query(start=now - 300, end=now, query="avg:py.load{*}")
    assert [point[1] for point in said["series"][0]["pointlist"]] == [2.0]
    events = datadog.api.Event.query(start=now - 60, end=now + 60)["events"]
    assert [event["title"] for event in events] == ["deployed"]
    assert target.sandbox.checks.count() == 1


def test_dogstatsd_of_datadogpy(target: Target) -> None:
    pytest.importorskip("datadog", reason="no datadog (PyPI)")
    from datadog.dogstatsd import DogStatsd

    statsd = DogStatsd(host="127.0.0.1", port=target.udp, constant_tags=["env:a"], disable_telemetry=True)
    statsd.increment("py.hits", 3, tags=["x:y"])
    statsd.gauge("py.gauge", 7)
    statsd.distribution("py.size", 5)
    statsd.event("started", "it runs")
    statsd.service_check("py.check", DogStatsd.CRITICAL)
    statsd.flush()
    assert [sum(values) for values in target.values("py.hits").values()] == [0.3]
    assert set(target.values("py.hits")) == {("env:a", "x:y")}
    assert target.values("py.gauge") == {("env:a",): [7.0]}
    assert target.values("py.size")[("env:a",)][0].count == 1
    target.wait_for(lambda: target.sandbox.events.count() == 1 and target.sandbox.checks.count() == 1)

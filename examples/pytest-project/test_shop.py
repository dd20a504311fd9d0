from shop import Shop


def test_an_order_is_parsed(datadog):
    Shop(datadog.env).order("ann", 12.5)
    (log,) = datadog.logs("@customer:ann")
    assert log.attributes["amount"] == 12.5
    assert datadog.why(log.id)["pipelines"] == ["Shop"]


def test_orders_are_counted(datadog):
    for _ in range(3):
        Shop(datadog.env).order("ann", 1)
    datadog.wait_for(lambda: datadog.metric("sum:shop.orders{result:info}.as_count()") == {"*": [3.0]})


def test_errors_call_the_team(datadog):
    for _ in range(3):
        Shop(datadog.env).order("bob", 5000)
    datadog.advance("2m")
    assert datadog.monitor("Orders fail")["overall_state"] == "Alert"
    (alert,) = datadog.notifications
    assert (alert.transition, alert.webhook) == ("Triggered", "team-shop")
    assert "3 orders failed" in alert.text
    datadog.advance("10m")
    assert datadog.notifications[-1].transition == "Recovered"

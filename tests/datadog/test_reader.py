"""Objects while they are read: what may come late is waited for only when it is asked for."""

from __future__ import annotations

import threading

import pytest

from ddconf.datadog.http.client import Client
from ddconf.datadog.http.credentials import Credentials
from ddconf.datadog.objects.read_request import ReadRequest
from ddconf.datadog.objects.reader import ObjectReader
from ddconf.errors import ApiError
from ddconf.kind import find_kind
from tests.datadog.stub import Got, Reply, served

TEAMS = {"data": [{"id": "t1", "type": "team", "attributes": {"name": "Net", "handle": "net"}}]}
LINKS = {"data": [{"id": "l1", "type": "team_links", "attributes": {"label": "Home", "url": "https://x"}}]}
KINDS = (find_kind("team"), find_kind("team_link"))


@pytest.mark.parametrize("fails", [False, True])
def test_what_may_be_late_is_waited_for_when_it_is_asked_for(fails: bool) -> None:
    asked = threading.Event()

    def answer(got: Got) -> Reply:
        if "/links" not in got.path:
            return Reply(body=TEAMS)
        asked.wait(10)
        return Reply(403, {"errors": ["Forbidden"]}) if fails else Reply(body=LINKS)

    with served(answer) as stub:
        client = Client(Credentials(stub.url, "example.com", "key-1", "key-2"), timeout=5)
        with ObjectReader(client, ReadRequest(KINDS, deferrable={"team_link"})) as reader:
            assert [item.id for item in reader.objects("team")] == ["t1"]
            assert "team_link" not in reader.listed
            asked.set()
            if fails:
                with pytest.raises(ApiError, match="Forbidden"):
                    list(reader.objects("team_link"))
                assert "team_link" in reader.failed
            else:
                reader.wait_for("team_link")
                assert [item.id for item in reader.listed["team_link"]] == ["l1"]
        client.close()
    assert reader.progress.kinds_read == 2


def test_all_else_is_there_from_the_beginning() -> None:
    with served(lambda got: Reply(body=LINKS if "/links" in got.path else TEAMS)) as stub:
        client = Client(Credentials(stub.url, "example.com", "key-1", "key-2"), timeout=5)
        with ObjectReader(client, ReadRequest(KINDS)) as reader:
            assert set(reader.listed) == {"team", "team_link"}
        client.close()

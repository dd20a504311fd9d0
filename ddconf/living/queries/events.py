"""Events as logs are: so that one search language and one way of counting serve both.

https://docs.datadoghq.com/events/explorer/searching/
"""

from __future__ import annotations

from ddconf.document import Document
from ddconf.living.events import Event
from ddconf.living.queries.times import iso
from ddconf.pipelines.log import Log


def as_log(event: Event) -> Log:
    """What a search of events looks at."""
    return Log(
        message=f"{event.title} {event.text}",
        attributes=attributes(event),
        tags=(*event.tags, f"source:{event.source}", f"priority:{event.priority}"),
        status=event.alert_type,
        source=event.source,
        host=event.host or None,
        timestamp=event.timestamp * 1000,
    )


def attributes(event: Event) -> Document:
    """The inner attributes, without what is not said."""
    said: Document = {
        "title": event.title,
        "status": event.alert_type,
        "priority": event.priority,
        "aggregation_key": event.aggregation_key,
        "hostname": event.host,
        "timestamp": event.timestamp * 1000,
    }
    return {key: value for key, value in said.items() if value != ""}


def show_v1(id: int, event: Event) -> Document:
    """As version 1 answers an event."""
    return {
        "id": id,
        "id_str": str(id),
        "title": event.title,
        "text": event.text,
        "date_happened": event.timestamp,
        "alert_type": event.alert_type,
        "priority": event.priority,
        "source": event.source,
        "host": event.host or None,
        "device_name": None,
        "tags": list(event.tags),
        "url": f"/event/event?id={id}",
        "children": [],
        "comments": [],
        "is_aggregate": False,
    }


def show_v2(id: int, event: Event) -> Document:
    """As version 2 answers an event."""
    evt = {"id": str(id), "type": event.category or event.source}
    content = {
        "timestamp": iso(event.timestamp * 1000),
        "message": event.text,
        "tags": [f"source:{event.source}", *event.tags],
        "attributes": {**attributes(event), "evt": evt},
    }
    return {"id": f"{id:024x}", "type": "event", "attributes": content}

"""Notifications as they are kept: what a monitor said to whom, and what became of it."""

from __future__ import annotations

import json

from ddconf.document import Document
from ddconf.living.store.database import Database


class NotificationStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, moment: int, notification: Document) -> int:
        """Keep one of a second; gives its number."""
        return self._database.run(
            "INSERT INTO notification (ts, body) VALUES (?, ?)", (moment, json.dumps(notification))
        )

    def update(self, number: int, notification: Document) -> None:
        self._database.run(
            "UPDATE notification SET body = ? WHERE id = ?", (json.dumps(notification), number)
        )

    def all(self) -> list[Document]:
        """Every one, the oldest first."""
        rows = self._database.rows("SELECT id, ts, body FROM notification ORDER BY id")
        return [{"id": id, "time": moment, **json.loads(body)} for id, moment, body in rows]

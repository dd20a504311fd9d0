"""Errors in the shape that each product answers: texts, or objects with some of these keys."""

from __future__ import annotations

from http import HTTPStatus

from ddconf.emulator.wire import Document, Refusal, answer, coded, texts

TITLES = {422: "Unprocessable Entity"}


def refusal(style: str, status: int, text: str, more: Document | None = None) -> Refusal:
    """An error in a style: `texts`, `coded`, or the keys of error objects; `more` are further keys."""
    if style == "texts":
        return texts(status, text)
    title = TITLES.get(status) or HTTPStatus(status).phrase
    if style == "coded":
        return coded(status, title.replace(" ", ""), text)
    known = {"status": str(status), "title": title, "detail": text, "code": title, "id": "0", "source": {}}
    keys = style.split()
    shown = {key: known.get(key, {}) for key in keys}
    if "title" in keys and "detail" not in keys:
        shown["title"] = text
    return Refusal(answer(status, {"errors": [shown | (more or {})]}))

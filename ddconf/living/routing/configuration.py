"""The configuration of an organisation that decides where logs go: documents in the API's form, in order."""

from __future__ import annotations

from dataclasses import dataclass

from ddconf.document import Document


@dataclass(frozen=True, slots=True)
class Configuration:
    """Lists as the API gives them; JSON:API objects without their envelope, with `id` beside the attributes.

    A scanner group has its rules under `rules`.
    """

    pipelines: tuple[Document, ...] = ()
    scanner_groups: tuple[Document, ...] = ()
    indexes: tuple[Document, ...] = ()
    metrics: tuple[Document, ...] = ()
    archives: tuple[Document, ...] = ()
    destinations: tuple[Document, ...] = ()

"""Resource kinds: a Kind says what a document means, an Api how to talk about it.

A file in `kinds/` defines one constant `KIND`; the file's name is the kind's name.
"""

from ddconf.kind.api import Api, Call, Pages, Part, jsonapi, rest, singleton
from ddconf.kind.empty import NONE
from ddconf.kind.envelopes import IDS, Envelope, enveloped, linked, ordered, plain, translated
from ddconf.kind.registry import documentation, find_kind, kind_names
from ddconf.kind.shape import Kind, Live

__all__ = [
    "IDS",
    "NONE",
    "Api",
    "Call",
    "Envelope",
    "Kind",
    "Live",
    "Pages",
    "Part",
    "documentation",
    "enveloped",
    "find_kind",
    "jsonapi",
    "kind_names",
    "linked",
    "ordered",
    "plain",
    "rest",
    "singleton",
    "translated",
]

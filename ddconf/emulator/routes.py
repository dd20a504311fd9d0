"""Which function answers which method and path: the folder quirks/ read as a routing table."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType
from urllib.parse import unquote

from ddconf.emulator import quirks
from ddconf.emulator.call import Route
from ddconf.emulator.crud import ApiCollection, collection_routes

Table = dict[tuple[str, int], list[tuple[tuple[str, ...], Route]]]


@cache
def _modules() -> tuple[ModuleType, ...]:
    names = [item.name for item in pkgutil.iter_modules(quirks.__path__)]
    return tuple(importlib.import_module(f"{quirks.__name__}.{name}") for name in names)


@cache
def families() -> tuple[ApiCollection, ...]:
    """Every collection that a file in quirks/ describes."""
    return tuple(
        value for module in _modules() for value in vars(module).values() if isinstance(value, ApiCollection)
    )


@cache
def table() -> Table:
    """Routes by method and number of path segments, the most literal templates first."""
    found: dict[tuple[str, str], Route] = {}
    for family in families():
        found.update(collection_routes(family))
    for module in _modules():
        found.update(_marked(module))
    return _by_length(found)


@cache
def plain_table() -> Table:
    """The routes of the collections that need no file of their own."""
    from ddconf.emulator.plain_routes import plain_routes

    return _by_length(plain_routes(find))


def _by_length(found: dict[tuple[str, str], Route]) -> Table:
    routes: Table = {}
    for (method, path), handler in found.items():
        segments = tuple(path.strip("/").split("/"))
        routes.setdefault((method, len(segments)), []).append((segments, handler))
    for entries in routes.values():
        entries.sort(key=lambda entry: [segment.startswith("{") for segment in entry[0]])
    return routes


def find(method: str, path: str) -> tuple[Route, dict[str, str]] | None:
    """The route of a request and the values of its placeholders."""
    return find_in(table(), method, path) or find_in(plain_table(), method, path)


def find_in(routes: Table, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
    """As `find`, in one table."""
    parts = path.strip("/").split("/")
    for segments, handler in routes.get((method, len(parts)), ()):
        args: dict[str, str] = {}
        for segment, part in zip(segments, parts, strict=True):
            if segment.startswith("{"):
                args[segment[1:-1]] = unquote(part).strip('"')  # some clients quote ids
            elif segment != part:
                break
        else:
            return handler, args
    return None


def _marked(module: ModuleType) -> dict[tuple[str, str], Route]:
    return {
        key: value
        for value in vars(module).values()
        if getattr(value, "__module__", "") == module.__name__
        for key in getattr(value, "routes", ())
    }

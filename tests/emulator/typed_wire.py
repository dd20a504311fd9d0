"""Requests sent by the operations of the official client, whose models check every body and every answer."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import unquote

from datadog_api_client import ApiClient, Configuration
from datadog_api_client.api_client import Endpoint
from datadog_api_client.exceptions import ApiException

from ddconf.datadog.http.transport import Answer, answer_of
from ddconf.document import JSON


class Everything(dict[str, bool]):
    """Every unstable operation is allowed, without a warning."""

    def get(self, _key: str, _default: Any = None) -> Any:
        return None


class TypedWire:
    """What a `Client` sends its requests through; `refused` tells what the models did not take."""

    def __init__(self, url: str, keys: Mapping[str, str]) -> None:
        configuration = Configuration(host=url, api_key=dict(keys))
        configuration.unstable_operations = Everything()
        configuration.check_return_type = True
        self.client = ApiClient(configuration)
        self.refused: list[str] = []
        self._raw: Any = None
        pools = self.client.rest_client.pool_manager
        ask = pools.request

        def request(*args: Any, **options: Any) -> Any:
            self._raw = ask(*args, **options)
            return self._raw

        pools.request = request

    def send(self, method: str, path: str, params: Mapping[str, str] | None, body: JSON) -> Answer:
        found = find_operation(method, path)
        assert found, f"the client has no {method} {path}"
        settings, api, name, in_path = found
        endpoint: Endpoint = getattr(api(self.client), name)
        called = {**in_path, **(params or {})}
        kwargs = {
            key: self._typed(called[one["attribute"]], one["openapi_types"])
            for key, one in endpoint.params_map.items()
            if one.get("attribute") in called
        }
        left = called.keys() - {one.get("attribute") for one in endpoint.params_map.values()}
        assert not left, f"{method} {settings['endpoint_path']} takes no {left}"
        if body is not None:
            kwargs["body"] = self._model_of(body, endpoint.params_map["body"]["openapi_types"])
        self._raw = None
        try:
            answer = endpoint.call_with_http_info(**kwargs)
            self._note(method, settings["endpoint_path"], unparsed(answer))
        except ApiException:
            pass
        except Exception as error:  # the models refuse with many classes
            self._note(method, settings["endpoint_path"], [f"{type(error).__name__}: {error}"])
        assert self._raw, f"the models refuse the body: {self.refused[-1]}"
        return answer_of(self._raw.status, self._raw.headers, self._raw.data)

    def _typed(self, text: str, types: tuple[Any, ...]) -> Any:
        """A parameter as its type wants it."""
        kind = types[0]
        if isinstance(kind, list):
            return [self._typed(part, tuple(kind)) for part in text.split(",")]
        if kind in (int, float, bool):
            return json.loads(text)
        if kind in (str, datetime):
            return text
        return self._model_of(text, types)

    def _model_of(self, value: JSON, types: tuple[Any, ...]) -> Any:
        """A value as its model: read as an answer is, where texts may stand for ids and times."""
        return self.client.deserialize(json.dumps(value), types, True)

    def _note(self, method: str, path: str, problems: list[str]) -> None:
        self.refused += [f"{method} {path}: {problem[:400]}" for problem in problems]

    def close(self) -> None:
        self.client.close()


def unparsed(value: Any, place: str = "") -> list[str]:
    """The places of an answer that its model does not know, the innermost alone."""
    if isinstance(value, list):
        return [found for index, item in enumerate(value) for found in unparsed(item, f"{place}[{index}]")]
    if isinstance(value, dict):
        return [found for key, item in value.items() for found in unparsed(item, f"{place}.{key}")]
    inner = getattr(value, "_data_store", None) or {}
    below = [found for key, item in inner.items() for found in unparsed(item, f"{place}.{key}")]
    if not below and getattr(value, "_unparsed", False):
        return [f"{place or 'the answer'} is no {type(value).__name__}: {inner}"]
    return below


_Found = tuple[Mapping[str, Any], Any, str, dict[str, str]]


def find_operation(method: str, path: str) -> _Found | None:
    """The operation of a request, literal paths first, and what its path's fields are."""
    given = path.strip("/").split("/")
    for template, settings, api, name in operations().get((method, len(given)), ()):
        if all(want.startswith("{") or want == have for want, have in zip(template, given, strict=True)):
            fields = {
                want[1:-1]: unquote(have)
                for want, have in zip(template, given, strict=True)
                if want.startswith("{")
            }
            return settings, api, name, fields
    return None


@cache
def operations() -> dict[tuple[str, int], list[tuple[list[str], Mapping[str, Any], Any, str]]]:
    """Every operation of the client by method and number of segments."""
    found: dict[tuple[str, int], list[tuple[list[str], Mapping[str, Any], Any, str]]] = {}
    for api in _apis():
        for name, value in vars(api(object())).items():
            if isinstance(value, Endpoint):
                segments = value.settings["endpoint_path"].strip("/").split("/")
                key = (value.settings["http_method"], len(segments))
                found.setdefault(key, []).append((segments, value.settings, api, name))
    for entries in found.values():
        entries.sort(key=lambda entry: [segment.startswith("{") for segment in entry[0]])
    return found


def _apis() -> Iterator[Any]:
    for version in ("v1", "v2"):
        package = importlib.import_module(f"datadog_api_client.{version}.api")
        for module in pkgutil.iter_modules(package.__path__):
            loaded = importlib.import_module(f"{package.__name__}.{module.name}")
            for name, value in vars(loaded).items():
                if name.endswith("Api") and inspect.isclass(value):
                    yield value

"""The filter xml."""

from __future__ import annotations

from typing import Any
from xml.parsers.expat import ExpatError

from ddconf.pipelines.grok.filters.numbers import text_of
from ddconf.pipelines.grok.registry import Filter, FilterError, grok_filter


@grok_filter(
    "xml",
    (
        "%{data::xml}",
        '<book category="a"><title lang="en">Harry</title><year>2005</year><by>A</by><by>B</by></book>',
        {
            "book": {
                "category": "a",
                "title": {"lang": "en", "value": "Harry"},
                "year": "2005",
                "by": ["A", "B"],
            }
        },
    ),
    ("%{data:x:xml}", "<a>", {}),
)
def xml() -> Filter:
    """the elements and attributes of an XML text; text beside them goes to `value`"""
    return parse_xml


def parse_xml(value: Any) -> dict[str, Any]:
    """Raises FilterError for text that is not valid XML or declares entities."""
    import xmltodict

    try:
        return xmltodict.parse(
            text_of(value).strip(), attr_prefix="", cdata_key="value", disable_entities=True
        )
    except (ExpatError, ValueError):
        raise FilterError(value) from None

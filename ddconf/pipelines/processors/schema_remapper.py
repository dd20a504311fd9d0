"""schema-remapper: a mapper of the schema-processor that works as an attribute-remapper does.

https://docs.datadoghq.com/security/cloud_siem/ingest_and_enrich/open_cybersecurity_schema_framework/
"""

from __future__ import annotations

from ddconf.pipelines.processors import processor
from ddconf.pipelines.processors.attribute_remapper import remap_attribute
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply


@processor("schema-remapper")
def schema_remapper(spec: Spec) -> Apply:
    return remap_attribute(spec)

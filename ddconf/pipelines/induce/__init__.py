"""Grok rules proposed from sample lines."""

from ddconf.pipelines.induce.induce import InducedRule, Induction, induce

__all__ = ["InducedRule", "Induction", "induce"]

"""A plan as JSON: the same text as a saved plan, for programs."""

from __future__ import annotations

import json

from ddconf.document import Document
from ddconf.plans.change import Plan
from ddconf.plans.plan_json import to_json
from ddconf.render.view import PLAIN_VIEW, PlanView


def render(plan: Plan, view: PlanView = PLAIN_VIEW) -> str:
    """The saved plan's format, which `from_json` reads back; control characters are escaped.

    What changes do on the data at hand stands under `behaviour`, by address, where there is anything to say.
    """
    document = to_json(plan)
    told: Document = {str(address): {"lines": list(lines)} for address, lines in view.behaviour.items()}
    if view.effects:
        from ddconf.render.status_changes import effect_json

        told |= {str(address): effect_json(effect) for address, effect in view.effects.items()}
    found = {"behaviour": told, "replay": dict(view.replay or {})}
    return json.dumps(document | {key: value for key, value in found.items() if value}, indent=1)

"""A plan as JSON: the same text as a saved plan, for programs."""

from __future__ import annotations

import json

from ddconf.plans.change import Plan
from ddconf.plans.plan_json import to_json
from ddconf.render.view import PLAIN_VIEW, PlanView


def render(plan: Plan, _view: PlanView = PLAIN_VIEW) -> str:
    """The saved plan's format, which `from_json` reads back; control characters are escaped."""
    return json.dumps(to_json(plan), indent=1)

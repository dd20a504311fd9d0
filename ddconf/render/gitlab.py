"""A plan as GitLab's merge request widget reads it. https://docs.gitlab.com/ci/yaml/artifacts_reports/"""

from __future__ import annotations

import json

from ddconf.plans.change import Plan
from ddconf.render.counts import count
from ddconf.render.view import PLAIN_VIEW, PlanView


def render(plan: Plan, _view: PlanView = PLAIN_VIEW) -> str:
    """`{"create": 1, "update": 2, "delete": 0}`, for `artifacts:reports:terraform`."""
    counts = count(plan.changes)
    return json.dumps({"create": counts.add, "update": counts.change, "delete": counts.destroy})

"""Approvals: who must agree to a text before it leaves the town hall, and where that stands."""

from domain.approvals.choosing import PRESETS, Flows
from domain.approvals.deciding import Approver, Principal, decided
from domain.approvals.flows import Flow, Step
from domain.approvals.loading import own_keys, preset_keys, read_flow, written
from domain.approvals.rounds import Decision, Round, Verdict
from domain.approvals.standing import Open, Standing, standing
from domain.approvals.states import ApprovalState, moved
from domain.approvals.waiting import Due, Nudge, due

__all__ = [
    "PRESETS",
    "ApprovalState",
    "Approver",
    "Decision",
    "Due",
    "Flow",
    "Flows",
    "Nudge",
    "Open",
    "Principal",
    "Round",
    "Standing",
    "Step",
    "Verdict",
    "decided",
    "due",
    "moved",
    "own_keys",
    "preset_keys",
    "read_flow",
    "standing",
    "written",
]

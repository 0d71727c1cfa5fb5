"""What is due while a round waits: a reminder, a word to those above, its end."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.approvals.flows import Flow
from domain.approvals.rounds import Round
from domain.approvals.standing import Open, standing


class Nudge(StrEnum):
    REMIND = "remind"  # half of a step's time is gone: those who decide are told again
    ESCALATE = "escalate"  # all of it: those above are told
    EXPIRE = "expire"  # the whole flow's time: the round ends without a word
    CHANGED = "changed"  # the records say something else by now: its author is told, once


@dataclass(frozen=True, slots=True)
class Due:
    """`at` is an instant; `step` is the key of the step that waits, empty for the whole round."""

    nudge: Nudge
    at: datetime
    step: str = ""


def due(flow: Flow, round_: Round) -> tuple[Due, ...]:
    """Return all that falls due if nobody decides, the earliest first."""
    waiting = standing(flow, round_).open
    if not waiting:
        return ()
    expires_at = round_.submitted_at + flow.expires_after
    nudges = [nudge for one in waiting for nudge in _of_step(one) if nudge.at < expires_at]
    return tuple(sorted([*nudges, Due(Nudge.EXPIRE, expires_at)], key=lambda one: one.at))


def _of_step(one: Open) -> tuple[Due, ...]:
    remind = Due(Nudge.REMIND, one.since + one.step.within / 2, one.step.key)
    escalate = Due(Nudge.ESCALATE, one.due_at, one.step.key)
    return (remind, escalate) if one.step.escalates_to else (remind,)

"""Where a round stands: worked out from its decisions alone, so that nothing can contradict it."""

from dataclasses import dataclass
from datetime import datetime

from domain.approvals.flows import Flow, Step
from domain.approvals.rounds import Round, Verdict
from domain.approvals.states import ApprovalState

ENDED_BY = {
    Verdict.REJECT: ApprovalState.REJECTED,
    Verdict.CHANGES: ApprovalState.CHANGES_REQUESTED,
}


@dataclass(frozen=True, slots=True)
class Open:
    """A step that waits. `since` and `due_at` are instants; `missing` approvals are wanted."""

    step: Step
    since: datetime
    missing: int

    @property
    def due_at(self) -> datetime:
        return self.since + self.step.within


@dataclass(frozen=True, slots=True)
class Standing:
    """WAITING with the steps that are open; else how the round ended, and nothing is open."""

    state: ApprovalState
    open: tuple[Open, ...] = ()


def standing(flow: Flow, round_: Round) -> Standing:
    """Return where a round stands. One word against it ends it; silence never approves."""
    ended = next((one for one in round_.decisions if one.verdict in ENDED_BY), None)
    if ended:
        return Standing(ENDED_BY[ended.verdict])
    since = round_.submitted_at
    for stage in flow.stages:
        waiting = tuple(
            Open(step, since, missing) for step in stage if (missing := _missing(step, round_))
        )
        if waiting:
            return Standing(ApprovalState.WAITING, waiting)
        since = max(one.at for step in stage for one in round_.of(step.key))
    return Standing(ApprovalState.APPROVED)


def _missing(step: Step, round_: Round) -> int:
    """Return how many approvals a step wants yet; a person, or their right, counts once."""
    approvals = round_.of(step.key)
    counted = min(len({one.person_id for one in approvals}), len({one.for_id for one in approvals}))
    return max(step.needed - counted, 0)

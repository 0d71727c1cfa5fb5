"""Whether somebody may decide, and what a round is after they did."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from domain.addresses import Channel
from domain.approvals.flows import Flow, Step
from domain.approvals.rounds import NEEDS_REASON, Decision, Round, Verdict
from domain.approvals.standing import standing
from domain.approvals.states import ApprovalState
from domain.bodies import Role
from domain.errors import Refused
from domain.phrasebook import Named


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody whose right to decide is used; `roles` are those held in the text's body today."""

    person_id: int
    roles: frozenset[Role]

    def may(self, step: Step) -> bool:
        return self.person_id in step.people or bool(self.roles & step.roles)


@dataclass(frozen=True, slots=True)
class Approver:
    """Who decides: in their own right, or for those who delegated theirs to them for now."""

    own: Principal
    for_others: tuple[Principal, ...] = ()

    def rights(self, step: Step) -> tuple[Principal, ...]:
        """Return whose right they may use for a step, their own first."""
        own = (self.own,) if self.own.may(step) else ()
        if not self.own.roles & step.delegates:
            return own
        return (*own, *(other for other in self.for_others if other.may(step)))


def decided(
    flow: Flow,
    round_: Round,
    approver: Approver,
    verdict: Verdict,
    *,
    shown: str,
    at: datetime,
    reason: str = "",
    channel: Channel | None = None,
) -> Round:
    """Return the round with a decision more, or raise Refused with why not.

    `shown` is the sha256 of the text they saw: nobody approves something else than what was shown.
    """
    if shown != round_.content:
        raise Refused("approval.text_changed")
    stands = standing(flow, round_)
    if stands.state is not ApprovalState.WAITING:
        raise Refused("approval.already_decided", state=Named(f"council.approval_{stands.state}"))
    if verdict in NEEDS_REASON and not reason.strip():
        raise Refused("approval.needs_reason")
    step, right = _right_to_decide(flow, round_, approver)
    decision = Decision(
        step=step.key,
        person_id=approver.own.person_id,
        for_id=right.person_id,
        verdict=verdict,
        content=shown,
        at=at,
        reason=reason.strip(),
        channel=channel,
    )
    return replace(round_, decisions=(*round_.decisions, decision))


def _right_to_decide(flow: Flow, round_: Round, approver: Approver) -> tuple[Step, Principal]:
    """Return the open step they may decide, and by whose right; their own comes first."""
    entitled = list(_entitled(flow, approver))
    if not entitled:
        raise Refused("approval.not_yours")
    if approver.own.person_id in round_.authors:
        raise Refused("approval.own_text")
    entitled = [(step, right) for step, right in entitled if right.person_id not in round_.authors]
    if not entitled:
        raise Refused("approval.own_text")
    open_keys = {one.step.key for one in standing(flow, round_).open}
    unused = [
        (step, right) for step, right in entitled if not _has_decided(round_, step, approver, right)
    ]
    if not unused:
        raise Refused("approval.already_yours")
    in_turn = [(step, right) for step, right in unused if step.key in open_keys]
    if not in_turn:
        is_done = any(round_.of(step.key) for step, _ in unused)
        raise Refused("approval.step_done" if is_done else "approval.not_your_turn")
    return in_turn[0]


def _entitled(flow: Flow, approver: Approver) -> Iterator[tuple[Step, Principal]]:
    for step in flow.steps:
        for right in approver.rights(step):
            yield step, right


def _has_decided(round_: Round, step: Step, approver: Approver, right: Principal) -> bool:
    return any(
        one.person_id == approver.own.person_id or one.for_id == right.person_id
        for one in round_.of(step.key)
    )

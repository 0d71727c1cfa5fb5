"""A petition as people see it: where it stands, what it asks, and what each may do with it."""

import asyncio

from actions.moving_petitions import body_of
from actions.petitions import receipts
from actions.petitions.answering import proposed
from domain import printing
from domain.actors import Actor
from domain.clock import wall_time
from domain.messages import OPENS, Attachment, Choice
from domain.petitions import Petition, PetitionState
from domain.petitions.receipt import page, text
from domain.petitions.states import FORWARD, SIGNABLE, WORK
from domain.petitions.told import detail, headline
from domain.rights import Act, may
from handlers import telling
from handlers.turn import Outcome, Turn

PDF = "application/pdf"
# What is proposed for the bureau.
BUREAUS = {PetitionState.AT_BUREAU: ("admit", "refuse")}


async def told(turn: Turn, actor: Actor, petition: Petition, *, before: str = "") -> Outcome:
    """Show a petition to somebody who may see it; `before` says what was just done."""
    lines = [before] if before else []
    lines += [headline(petition, turn.language), *detail(petition, turn.language)]
    if petition.state in SIGNABLE and petition.threshold:
        count = await turn.unit.signatures.count(petition.id)
        lines.append(turn.say("petition.so_far", count=count, wanted=petition.threshold.value))
        if petition.closes_at:
            day = wall_time(petition.closes_at, turn.commune.zone).date()
            lines.append(turn.say("petition.closes", day=day))
    body = await body_of(turn.unit, petition)
    lines.append(turn.say("petition.to_body", body=telling.body(turn, body)))
    if petition.association:
        lines.append(turn.say("petition.by_association", name=petition.association))
    lines += [
        turn.say("petition.why", text=petition.reasons),
        turn.say("petition.aims", text=petition.goals),
    ]
    choices = await _choices(turn, actor, petition)
    return turn.settle("\n".join(lines), choices=choices, petition=petition.id)


async def receipt(turn: Turn, petition: Petition) -> Outcome:
    """Hand out the receipt of a filed petition, as a page to print too where that can be made."""
    stamp = await receipts.stamp(turn.unit, petition)
    words = text(petition, turn.language, stamp)
    choices = [turn.choice("petition.see", f"petition:{petition.id}")]
    if not printing.can_print():
        return turn.settle(words, choices=choices)
    made = await asyncio.to_thread(printing.printed, page(petition, turn.language, stamp))
    sha256 = await turn.unit.documents.keep(made)
    file = Attachment(f"{petition.ref}.pdf", PDF, sha256, len(made))
    return turn.tell(words, choices=choices, attachments=[file])


async def _choices(turn: Turn, actor: Actor, petition: Petition) -> list[Choice]:
    is_own = actor.person is not None and actor.person.id == petition.mandatary_id
    acts = _own(petition) if is_own else await _others(turn, actor, petition)
    choices = _signing(turn, petition, is_own=is_own)
    if not turn.incoming.is_private:
        choices.append(turn.choice("start.open", f"{OPENS}petition_{petition.id}"))
        return [*choices, turn.choice("petition.others", "petitions")]
    choices += [turn.choice(f"petition.{key}", value) for key, value in acts]
    if may(actor, Act.REVIEW_PETITIONS):
        choices += _work(turn, petition, WORK.get(petition.state, ()))
    if petition.state in BUREAUS:
        choices += await _answering(turn, actor, petition)
    return [*choices, turn.choice("petition.others", "petitions")]


async def _answering(turn: Turn, actor: Actor, petition: Petition) -> list[Choice]:
    """Offer to answer for the bureau, or the answer that waits for its agreement."""
    body = await body_of(turn.unit, petition)
    if not (may(actor, Act.DECIDE_PETITIONS, body) or may(actor, Act.REVIEW_PETITIONS)):
        return []
    if waiting := await proposed(turn.unit, petition.id):
        return [turn.choice("approval.see_answer", f"approval:{waiting.id}", ref=waiting.ref)]
    return _work(turn, petition, BUREAUS[petition.state])


def _signing(turn: Turn, petition: Petition, *, is_own: bool) -> list[Choice]:
    if petition.state not in SIGNABLE:
        return []
    share = [turn.choice("sign.share_it", f"petshare:{petition.id}")] if is_own else []
    return [turn.choice("sign.sign_it", f"sign:{petition.id}"), *share]


def _own(petition: Petition) -> list[tuple[str, str]]:
    """Return what its mandatary does next."""
    here, acts = petition.id, []
    if petition.state is PetitionState.THRESHOLD_REACHED:
        acts.append(("file_it", f"petfile:{here}"))
    if petition.state is PetitionState.TO_COMPLETE:
        acts.append(("add_it", f"petadd:{here}"))
    if petition.received_at:
        acts.append(("receipt", f"petreceipt:{here}"))
    if PetitionState.WITHDRAWN in FORWARD[petition.state]:
        acts.append(("withdraw_it", f"petwithdraw:{here}"))
    return acts


async def _others(turn: Turn, actor: Actor, petition: Petition) -> list[tuple[str, str]]:
    if not petition.is_public or not FORWARD[petition.state]:
        return []
    if actor.person:
        asked = (await turn.unit.preferences.of(actor.person.id)).now
        if asked.wish(petition.topic, None).is_wanted:
            return [("unfollow_it", f"petfollow:{petition.id}:no")]
    return [("follow_it", f"petfollow:{petition.id}")]


def _work(turn: Turn, petition: Petition, acts: tuple[str, ...]) -> list[Choice]:
    return [turn.choice(f"petition.do_{act}", f"petwork:{act}:{petition.id}") for act in acts]

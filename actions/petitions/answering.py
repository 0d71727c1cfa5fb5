"""Answering petitions: the bureau's answer, agreed to by those of a flow before it binds."""

from collections.abc import Mapping
from dataclasses import dataclass

from actions.meetings import tenant, today
from actions.moving_petitions import body_of, known
from actions.petitions.deciding import admit, refuse
from actions.petitions.reviewing import checked, worded
from actions.records.noting import note
from actions.texts.submitting import Begun, begin, submit
from domain.actors import Actor
from domain.approvals import Flow, read_flow
from domain.errors import Refused
from domain.petitions import Petition, PetitionState, moved
from domain.phrasebook import LANGUAGES, Named, phrasebook
from domain.publications import Publication, PublicationKind, Text, Texts
from domain.rights import Act, may, require
from store.unit import Unit

PETITION, CODE, REASON = "petition", "code", "reason"  # the terms of an answer


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bureau would answer; a refusal has a code, and reasons in the bureau's own words."""

    code: str = ""
    reason: str = ""

    @property
    def state(self) -> PetitionState:
        return PetitionState.INADMISSIBLE if self.code else PetitionState.ADMISSIBLE


async def check(unit: Unit, actor: Actor, petition_id: int) -> Petition:
    """Return a petition to whoever may propose what the bureau answers, or raise Refused."""
    petition = await known(unit, petition_id)
    if not may(actor, Act.DECIDE_PETITIONS, await body_of(unit, petition)):
        require(actor, Act.REVIEW_PETITIONS)
    if waiting := await proposed(unit, petition_id):
        raise Refused("approval.answer_waits", ref=waiting.ref)
    return petition


async def propose(
    unit: Unit, actor: Actor, petition_id: int, answer: Answer, flow: tuple[str, str]
) -> Publication | None:
    """Put an answer before those of a flow (its key and its TOML), and return its text.

    When the last has agreed it is carried out (law 113-14, art. 125). Where nobody besides whoever
    proposes it could agree, and it is theirs to decide, it is carried out at once: None. Raises
    Refused for a petition that is not before the bureau, for a refusal without reasons, and while
    another answer waits.
    """
    petition = await check(unit, actor, petition_id)
    body = await body_of(unit, petition)
    moved(petition.state, answer.state)
    terms = {PETITION: str(petition.id), CODE: answer.code, REASON: ""}
    if answer.code:
        terms |= {CODE: checked(answer.code), REASON: worded(answer.reason)}
    if may(actor, Act.DECIDE_PETITIONS, body) and await _is_alone(unit, actor, read_flow(*flow)):
        await _do(unit, actor, petition, terms)
        return None
    begun = Begun(
        PublicationKind.PETITION_ANSWER,
        flow,
        texts=_texts(petition, answer),
        body_key=body.key,
        terms=terms,
    )
    number = (await begin(unit, actor, begun)).id
    submitted = await submit(unit, actor, number)
    await note(unit, actor, "propose_answer", petition.subject_ref, reason=submitted.ref)
    return submitted


async def proposed(unit: Unit, petition_id: int) -> Publication | None:
    """Return the answer to a petition that is on its way through its steps, if there is one."""
    on_their_way = await unit.publications.in_states()
    return next((one for one in on_their_way if petition_of(one) == petition_id), None)


def petition_of(publication: Publication) -> int | None:
    """Return which petition a text answers, by its id."""
    is_answer = publication.kind is PublicationKind.PETITION_ANSWER
    return int((publication.terms or {})[PETITION]) if is_answer else None


async def carry_out(unit: Unit, actor: Actor, publication: Publication) -> None:
    """Do what was agreed to: the petition is admitted, or refused with its reasons."""
    petition = await known(unit, petition_of(publication) or 0)
    if petition.state is not PetitionState.AT_BUREAU:
        raise Refused("approval.answer_over", ref=publication.ref)
    await _do(unit, actor, petition, publication.terms or {})


async def _do(unit: Unit, actor: Actor, petition: Petition, terms: Mapping[str, str]) -> None:
    if terms[CODE]:
        await refuse(unit, actor, petition.id, terms[CODE], terms[REASON])
    else:
        await admit(unit, actor, petition.id)


async def _is_alone(unit: Unit, actor: Actor, flow: Flow) -> bool:
    """Say whether some step of a flow has nobody in office but whoever acts."""
    day = today(unit.clock, await tenant(unit))
    own = {actor.person.id} if actor.person else set()
    holders = [{*await unit.people.holding(one.roles, on=day), *one.people} for one in flow.steps]
    return any(not held - own for held in holders)


def _texts(petition: Petition, answer: Answer) -> Texts:
    act = "refuse" if answer.code else "admit"
    say = phrasebook().say
    facts: dict[str, object] = {"ref": petition.ref, "subject": petition.subject}
    if answer.code:
        facts |= {"code": Named(f"petition.refusal_{answer.code}"), "reason": answer.reason}
    return {
        language: Text(
            say(f"approval.answer_{act}_title", language, ref=petition.ref),
            say(f"approval.answer_{act}", language, **facts),
        )
        for language in LANGUAGES
    }

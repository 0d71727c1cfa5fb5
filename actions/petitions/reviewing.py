"""Reviewing petitions: read first where need be, completed, passed on, followed to their end."""

from dataclasses import replace

from actions.meetings import tenant, today
from actions.moving_petitions import move, reviewed
from actions.petitions.petitioning import opened
from domain.actors import Actor
from domain.errors import Refused
from domain.petitions import REFUSALS, Petition, PetitionState
from store.unit import Unit

LONGEST_TEXT = 2000  # characters of what is lacking, of a reason, or of news of a realisation


async def release(unit: Unit, actor: Actor, petition_id: int) -> Petition:
    """Let a petition be seen that was held to be read; raises Refused."""
    petition = await reviewed(unit, actor, petition_id)
    if petition.state is not PetitionState.HELD:
        raise Refused("petition.not_held")
    return await opened(unit, actor, petition)


async def hold(unit: Unit, actor: Actor, petition_id: int) -> Petition:
    """Take a petition that collects out of sight until somebody has read it; raises Refused."""
    petition = await reviewed(unit, actor, petition_id)
    return await move(unit, actor, petition, PetitionState.HELD)


async def block(unit: Unit, actor: Actor, petition_id: int, code: str) -> Petition:
    """Keep a petition out of sight for good, for the reason of this code; raises Refused."""
    petition = await reviewed(unit, actor, petition_id)
    return await move(unit, actor, petition, PetitionState.BLOCKED, refusal_code=checked(code))


async def ask_for_more(unit: Unit, actor: Actor, petition_id: int, lacks: str) -> Petition:
    """Ask for what a filed petition lacks, once; raises Refused."""
    petition = await reviewed(unit, actor, petition_id)
    if petition.corrections and petition.state is not PetitionState.TO_COMPLETE:
        raise Refused("petition.corrected_once")
    return await move(unit, actor, petition, PetitionState.TO_COMPLETE, corrections=worded(lacks))


async def pass_on(unit: Unit, actor: Actor, petition_id: int) -> Petition:
    """Pass a petition that is complete to the bureau (law 113-14, art. 125); raises Refused."""
    petition = await reviewed(unit, actor, petition_id)
    return await move(unit, actor, petition, PetitionState.AT_BUREAU)


async def follow_up(unit: Unit, actor: Actor, petition_id: int, text: str) -> Petition:
    """Say how the council's decision is carried out: its followers are told; raises Refused."""
    petition = await reviewed(unit, actor, petition_id)
    day = today(unit.clock, await tenant(unit))
    line = f"{day.isoformat()} : {worded(text)}"
    told = f"{petition.follow_up}\n{line}".strip()
    if petition.state is PetitionState.FOLLOWED_UP:
        # It stays where it is; what is new is told all the same.
        petition = replace(petition, state=PetitionState.DEBATED)
    return await move(unit, actor, petition, PetitionState.FOLLOWED_UP, follow_up=told)


async def close(unit: Unit, actor: Actor, petition_id: int) -> Petition:
    """End a petition that was debated and seen through; raises Refused."""
    petition = await reviewed(unit, actor, petition_id)
    return await move(unit, actor, petition, PetitionState.CLOSED)


def checked(code: str) -> str:
    """Return the code of a refusal, or raise Refused, naming those there are."""
    if code not in REFUSALS:
        raise Refused("petition.unknown_code", code=code, codes=sorted(REFUSALS))
    return code


def worded(text: str) -> str:
    """Return a text that says something, or raise Refused."""
    text = text.strip()
    if not text:
        raise Refused("petition.no_text")
    if len(text) > LONGEST_TEXT:
        raise Refused("form.too_long", count=LONGEST_TEXT)
    return text

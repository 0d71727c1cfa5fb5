"""Petitioning: begun by its mandatary, opened to signatures, filed against a receipt, withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from actions.keeping_holidays import edits
from actions.meetings import tenant, today
from actions.moving_petitions import known, move, own, tell_staff
from actions.people import consenting
from actions.petitions.identifying import identified
from actions.records.noting import note
from domain import law
from domain.actors import PROGRAM, Actor
from domain.bodies import BodyKind
from domain.errors import Refused
from domain.files import Kept
from domain.people import Person
from domain.petitions import (
    Answers,
    Level,
    Petition,
    PetitionKind,
    PetitionState,
    Threshold,
    prechecked,
    threshold,
)
from domain.petitions.forms import FILE, answers, reached_by, read
from domain.petitions.reading import held_for
from domain.petitions.states import OPEN, SIGNABLE
from store.bodies import Tenant
from store.unit import Unit

MOST_OPEN = 3  # of one mandatary, not filed yet
ANSWERED_BY = "petition_refusal_latest"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks of a council, as they filled it in; `checks` are from the pre-check."""

    kind: PetitionKind
    body_key: str
    subject: str
    reasons: str
    goals: str
    language: str
    mandatary: str
    checks: Mapping[str, str]
    association: str = ""
    file: Kept | None = None

    @classmethod
    def read(cls, kind: PetitionKind, said: Mapping[str, str], *, language: str) -> Self:
        """Read what was filled in of FILINGS[kind]."""
        return cls(
            kind=kind,
            body_key=said["body"],
            subject=said["subject"],
            reasons=said["reasons"],
            goals=said["goals"],
            language=language,
            mandatary=said["name"],
            checks=read(said.get("checks", "")),
            association=said.get("association", ""),
            file=Kept.read(said[FILE]) if said.get(FILE) else None,
        )


async def check(
    unit: Unit, actor: Actor, kind: PetitionKind, said: Answers | None = None, id_key: str = ""
) -> None:
    """Raise Refused where no petition can be begun: no rules here, too many open, or stopped.

    Too many of one person, whatever they call themselves: `id_key` is the seal of a national id.
    """
    commune = await tenant(unit)
    if kind is PetitionKind.CITIZENS:
        await wanted(unit, commune)
    on = today(unit.clock, commune)
    findings = prechecked(commune.rule_pack, said or Answers(), today=on)
    if said and any(finding.level is Level.STOPS for finding in findings):
        raise Refused("petition.stopped")
    begun = await unit.petitions.of_mandatary(actor.person.id) if actor.person else []
    begun += await unit.petitions.of_id(id_key) if id_key else []
    if len({one.id for one in begun if one.state in OPEN}) >= MOST_OPEN:
        raise Refused("petition.too_many", count=MOST_OPEN)


async def wanted(unit: Unit, commune: Tenant) -> Threshold:
    """Return the signatures that are wanted here; raises Refused where there are no rules."""
    bodies = await unit.bodies.all()
    return threshold(
        commune.rule_pack,
        population=commune.population,
        has_arrondissements=any(one.kind is BodyKind.ARRONDISSEMENT_COUNCIL for one in bodies),
    )


async def mandatary_at(
    unit: Unit, actor: Actor, contact: str, name: str, *, language: str
) -> Person:
    """Return who has just proved to hold a contact: who speaks, who it is known of, or a newcomer.

    The chat they proved it in becomes theirs, too. Raises Refused when it is somebody else's.
    """
    commune = await tenant(unit)
    on, now = today(unit.clock, commune), unit.clock.now()
    channel, value = reached_by(contact)
    holder = await unit.people.at(channel, value, on=on)
    if actor.person and holder and holder.id != actor.person.id:
        raise Refused("linking.taken")
    person = actor.person or holder
    person_id = (
        person.id if person else await unit.people.add(commune.id, name=name, language=language)
    )
    await unit.people.verify(person_id, channel, value, at=now)
    if actor.channel and not actor.person:
        await unit.people.verify(person_id, actor.channel, actor.address, at=now)
    if holder is None and not actor.person:  # a newcomer is told where they spoke
        await unit.people.wish(person_id, actor.channel or channel, is_wanted=True)
    found = await unit.people.by_id(person_id, on=on)
    if found is None:
        raise LookupError(f"person {person_id} was just there")
    return found


async def follow(unit: Unit, person: Person, petition: Petition, *, is_wanted: bool) -> None:
    """Tell somebody of each step of a petition, or no more; raises Refused for a private one."""
    if not petition.is_public:
        raise Refused("petition.unknown")
    topic, wish = petition.topic, True if is_wanted else None
    await consenting.change(
        unit, person.id, lambda asked: asked.wanting(topic, None, is_wanted=wish)
    )


async def begin(unit: Unit, actor: Actor, asked: Asked, national_id: str = "") -> Petition:
    """Keep a petition: opened to signatures, filed for an association, or held to be read.

    Whoever acts is its mandatary. Raises Refused as `check` does, and where the commune asks for a
    national id and this is none.
    """
    if actor.person is None:
        raise Refused("link.needed")
    who = await identified(unit, national_id)
    await check(unit, actor, asked.kind, answers(asked.kind, asked.checks), who.key)
    commune = await tenant(unit)
    petition_id = await unit.petitions.add(
        commune.id,
        (await unit.bodies.ids())[asked.body_key],
        replace(
            _drafted(asked, actor.person.id, unit.clock.now()),
            id_key=who.key,
            id_ending=who.ending,
        ),
        year=today(unit.clock, commune).year,
    )
    if asked.file:
        await unit.petitions.hold(petition_id, asked.file)
    petition = await known(unit, petition_id)
    await note(unit, actor, "begin_petition", petition.subject_ref, after=petition.state)
    held = held_for(f"{petition.subject}\n{petition.reasons}\n{petition.goals}")
    if held:
        return await move(unit, actor, petition, PetitionState.HELD)
    return await opened(unit, actor, petition)


async def opened(unit: Unit, actor: Actor, petition: Petition) -> Petition:
    """Open a petition to signatures; an association's needs none and is filed (art. 124)."""
    if petition.kind is PetitionKind.ASSOCIATION:
        return await _received(unit, actor, petition)
    commune = await tenant(unit)
    return await move(
        unit,
        actor,
        petition,
        PetitionState.COLLECTING,
        threshold=await wanted(unit, commune),
        closes_at=unit.clock.now() + timedelta(days=commune.collecting_days),
    )


async def file(unit: Unit, actor: Actor, petition_id: int) -> Petition:
    """File a petition whose threshold is reached, and return it with its receipt's day and hour.

    Raises Refused unless its mandatary does, or when signatures are lacking.
    """
    petition = await own(unit, actor, petition_id)
    if petition.state is PetitionState.COLLECTING and petition.threshold:
        count = await unit.signatures.count(petition_id)
        raise Refused("petition.too_few", count=petition.threshold.value - count)
    return await _received(unit, actor, petition)


async def _received(unit: Unit, actor: Actor, petition: Petition) -> Petition:
    commune = await tenant(unit)
    received = today(unit.clock, commune)
    by = law.deadline(
        f"{commune.rule_pack}.{ANSWERED_BY}",
        {"received": received},
        holidays=await edits(unit, commune),
    )
    now = unit.clock.now()
    return await move(unit, actor, petition, PetitionState.FILED, received_at=now, due_on=by.date)


async def recount(unit: Unit, petition_id: int) -> Petition:
    """Look whether the valid signatures reach the threshold, and move the petition either way."""
    petition = await known(unit, petition_id)
    if petition.state not in SIGNABLE or petition.threshold is None:
        return petition
    is_reached = await unit.signatures.count(petition_id) >= petition.threshold.value
    to = PetitionState.THRESHOLD_REACHED if is_reached else PetitionState.COLLECTING
    return await move(unit, PROGRAM, petition, to)


async def supplement(
    unit: Unit, actor: Actor, petition_id: int, text: str, file: Kept | None
) -> Petition:
    """Add what a petition lacked, for the staff to see; raises Refused when nothing is asked."""
    petition = await own(unit, actor, petition_id)
    if petition.state is not PetitionState.TO_COMPLETE:
        raise Refused("petition.nothing_lacks")
    if file:
        await unit.petitions.hold(petition_id, file)
    completed = replace(petition, corrections=f"{petition.corrections}\n— {text}")
    await unit.petitions.change(completed)
    await note(unit, actor, "supplement_petition", petition.subject_ref)
    await tell_staff(unit, completed, "petition.staff_supplement", actor)
    return completed


async def withdraw(unit: Unit, actor: Actor, petition_id: int) -> Petition:
    """End a petition at its mandatary's word; raises Refused once the bureau has decided."""
    petition = await own(unit, actor, petition_id)
    return await move(unit, actor, petition, PetitionState.WITHDRAWN)


def _drafted(asked: Asked, mandatary_id: int, now: datetime) -> Petition:
    return Petition(
        id=0,
        ref="",
        kind=asked.kind,
        state=PetitionState.DRAFT,
        body_key=asked.body_key,
        subject=asked.subject,
        reasons=asked.reasons,
        goals=asked.goals,
        language=asked.language,
        mandatary_id=mandatary_id,
        created_at=now,
        mandatary=asked.mandatary,
        association=asked.association,
        answers=dict(asked.checks),
    )

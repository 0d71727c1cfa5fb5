"""A text that is to be agreed to, with all that belongs to it, as the verbs on texts need it."""

from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Self

from actions.meetings import tenant, today
from domain.actors import Actor
from domain.approvals import Approver, Decision, Flow, Principal, Round, Standing, Step, standing
from domain.bodies import Body
from domain.clock import zone
from domain.errors import Refused
from domain.people import Person
from domain.publications import Publication, Texts, plain_texts, ref_of
from store.unit import Unit


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A publication as it stands: its body, its flow, the round it is in, and what it says."""

    publication: Publication
    body: Body
    flow: Flow
    round: Round
    texts: Texts

    @property
    def standing(self) -> Standing:
        return standing(self.flow, self.round)

    @property
    def told(self) -> Texts:
        """What it says in plain words, as messages carry it."""
        return plain_texts(self.publication.kind, self.texts)

    @property
    def begun(self) -> tuple[Step, ...]:
        """The steps that were asked in this round, those that have decided among them."""
        open_ = {one.step.key for one in self.standing.open}
        return tuple(
            step for step in self.flow.steps if step.key in open_ or self.round.of(step.key)
        )

    def place(self, step: Step) -> int:
        """Return which step this is, counted from 1."""
        return self.flow.steps.index(step) + 1

    def is_last_word(self, decision: Decision) -> bool:
        """Say whether nothing would be missing once this were decided."""
        after = replace(self.round, decisions=(*self.round.decisions, decision))
        return not standing(self.flow, after).open

    def after(self, publication: Publication) -> Self:
        return replace(self, publication=publication)


async def manuscript(unit: Unit, number: int, *, to_change: bool = False) -> Manuscript:
    """Return the text people call APP-`number`, or raise Refused.

    `to_change`: nobody else changes it until this unit ends.
    """
    publication = await unit.publications.by_id(number, to_change=to_change)
    if publication is None:
        raise Refused("approval.unknown", ref=ref_of(number))
    kept = await unit.publications.texts(number)
    return Manuscript(
        publication,
        await body_of(unit, publication.body_key),
        await unit.publications.flow(publication),
        await unit.publications.round(publication),
        next(texts for content, texts in kept if content == publication.content),
    )


async def body_of(unit: Unit, key: str) -> Body:
    found = next((body for body in await unit.bodies.all() if body.key == key), None)
    if found is None:
        raise Refused("announcement.unknown_body", body=key, known=sorted(await unit.bodies.ids()))
    return found


def known(actor: Actor) -> Person:
    """Return who acts, or raise Refused: a text has an author, and a decision somebody's name."""
    if actor.person is None:
        raise Refused("link.needed")
    return actor.person


async def approver(unit: Unit, person: Person, body: Body) -> Approver:
    """Return a person as a flow sees them, with those whose right they use for now."""
    others = [await someone(unit, one) for one in await unit.delegations.to(person.id)]
    return Approver(
        principal(person, body), tuple(principal(other, body) for other in others if other)
    )


def principal(person: Person, body: Body) -> Principal:
    """Return whose right it is: roles held in the body, or in the one it comes from."""
    keys = {body.key, body.parent_key}
    roles = frozenset(held.role for held in person.memberships if held.body_key in keys)
    return Principal(person.id, roles)


async def deciders(unit: Unit, of: Manuscript, step: Step) -> list[Person]:
    """Return who may decide a step: its holders and their deputies, and no author."""
    day = today(unit.clock, await tenant(unit))
    holders = [*await unit.people.holding(step.roles, on=day), *sorted(step.people)]
    deputies = [one for holder in holders for one in await unit.delegations.from_(holder)]
    found = []
    for person_id in dict.fromkeys([*holders, *deputies]):
        person = await someone(unit, person_id)
        if person and person.id not in of.round.authors:
            rights = (await approver(unit, person, of.body)).rights(step)
            if any(right.person_id not in of.round.authors for right in rights):
                found.append(person)
    return found


async def someone(unit: Unit, person_id: int) -> Person | None:
    """Return a person with the roles they hold today."""
    return await unit.people.by_id(person_id, on=today(unit.clock, await tenant(unit)))


async def name_of(unit: Unit, person_id: int) -> str:
    person = await someone(unit, person_id)
    return person.name if person else f"#{person_id}"


async def place_of(unit: Unit) -> tzinfo:
    """Return where the commune is, for what is said of instants."""
    return zone((await tenant(unit)).zone)

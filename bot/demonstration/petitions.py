"""Petitions for the demonstration: one that collects, and an association's, before the bureau."""

from dataclasses import dataclass
from random import Random

from actions.meetings import today
from actions.petitions.petitioning import Asked, begin
from actions.petitions.reviewing import pass_on
from bot.demonstration.names import names
from bot.demonstration.town import Town
from domain.actors import OPERATOR, Actor
from domain.petitions import Origin, PetitionKind
from domain.petitions.signing import Tie
from store.unit import Unit

OF_ALL = {
    "is_communal": "yes",
    "touches_constants": "no",
    "is_before_a_court": "no",
    "is_about_security": "no",
}
OF_CITIZENS = {
    "lives_or_works_here": "yes",
    "may_register_to_vote": "yes",
    "has_direct_interest": "yes",
}
OF_ASSOCIATIONS = {
    "recognised_on": "2015-03-02",
    "is_in_good_standing": "yes",
    "has_seat_here": "yes",
    "is_its_field": "yes",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A petition, with how many have signed it."""

    kind: PetitionKind
    language: str
    subject: str
    reasons: str
    goals: str
    association: str = ""
    signatures: int = 0


PETITIONS = (
    Told(
        PetitionKind.CITIZENS,
        "fr",
        "Un passage piéton devant l’école de la rue Tarfaya",
        "Deux cents enfants traversent chaque matin entre les voitures.",
        "Que le conseil vote un passage surélevé et son éclairage.",
        signatures=73,
    ),
    Told(
        PetitionKind.CITIZENS,
        "ar",
        "فتح حديقة الحي مساء أيام الصيف",
        "تغلق الحديقة في السادسة، وهي المكان الوحيد للأطفال.",
        "أن يمدد المجلس أوقات الفتح إلى العاشرة ليلا.",
        signatures=21,
    ),
    Told(
        PetitionKind.ASSOCIATION,
        "fr",
        "Des bacs de tri dans les marchés municipaux",
        "Les déchets des marchés finissent mêlés, et se jettent deux fois.",
        "Que le conseil inscrive des bacs de tri au prochain programme.",
        association="Les amis des marchés",
    ),
)


async def fill_petitions(unit: Unit, town: Town, *, seed: int) -> None:
    """Have citizens petition, others sign, and the clerk pass on what was filed."""
    people = names(Random(seed))  # noqa: S311 - a story, no secret
    for told, citizen_id in zip(PETITIONS, town.citizen_ids, strict=False):
        citizen = await unit.people.by_id(citizen_id, on=today(unit.clock, town.tenant))
        if citizen is None:
            raise LookupError(f"citizen {citizen_id} is not there")
        petition = await begin(unit, Actor.of(citizen), _asked(told, citizen.name))
        for number in range(told.signatures):
            signed = await unit.signatures.add(
                petition.id,
                [f"demonstration:{number}"],
                name=next(people).written(told.language),
                origin=Origin.ONLINE,
                place=Tie.LIVES,
            )
            await unit.signatures.settle(signed)
        if told.kind is PetitionKind.ASSOCIATION:
            await pass_on(unit, OPERATOR, petition.id)


def _asked(told: Told, mandatary: str) -> Asked:
    of_kind = OF_ASSOCIATIONS if told.association else OF_CITIZENS
    return Asked(
        kind=told.kind,
        body_key="council",
        subject=told.subject,
        reasons=told.reasons,
        goals=told.goals,
        language=told.language,
        mandatary=mandatary,
        checks={**OF_ALL, **of_kind},
        association=told.association,
    )

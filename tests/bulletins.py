"""Texts of the town hall, on their whole way: written by one, agreed to by another, and out."""

from datetime import datetime

from actions import approving
from actions.texts import submitting
from actions.texts.manuscripts import someone
from domain.actors import Actor, Proof
from domain.addresses import Channel
from domain.approvals import Verdict
from domain.bodies import Role
from domain.notices import Audience, AudienceKind
from domain.publications import PublicationKind, Texts
from tests.town import Town

ONE_HAND = """
names = { fr = "Secrétariat", ar = "الكتابة", en = "Secretariat" }
[[steps]]
key = "secretariat"
names = { fr = "Secrétariat", ar = "الكتابة", en = "Secretariat" }
roles = ["council_secretariat"]
"""


async def hand(town: Town, role: Role) -> Actor:
    """Return somebody new who has a role in the council, and whom we know for sure."""
    person = await town.resident(f"{role}", seats=["council"], role=role)
    async with town.store.reading() as unit:
        known = await someone(unit, person.person_id)
    return Actor.of(known, Channel.SLACK, f"{role}", proof=Proof.FRESH)


async def put_out(
    town: Town,
    texts: Texts,
    *,
    kind: PublicationKind = PublicationKind.PRESS_RELEASE,
    told_to: AudienceKind = AudienceKind.EVERYONE,
    release_at: datetime | None = None,
) -> int:
    """Have a text written and agreed to, and return its number: it is out, or waits its hour."""
    number = await submitted(town, texts, kind=kind, told_to=told_to, release_at=release_at)
    secretary = await hand(town, Role.COUNCIL_SECRETARIAT)
    async with town.store.unit() as unit:
        kept = await unit.publications.by_id(number)
        assert kept
        await approving.decide(unit, secretary, number, Verdict.APPROVE, shown=kept.content)
    return number


async def submitted(
    town: Town,
    texts: Texts,
    *,
    kind: PublicationKind = PublicationKind.PRESS_RELEASE,
    told_to: AudienceKind = AudienceKind.EVERYONE,
    release_at: datetime | None = None,
) -> int:
    writer = await hand(town, Role.COMMUNICATION_WRITER)
    audience = Audience(told_to, "" if told_to is AudienceKind.EVERYONE else "council")
    begun = submitting.Begun(
        kind, ("ours", ONE_HAND), texts, audience=audience, release_at=release_at
    )
    async with town.store.unit() as unit:
        number = (await submitting.begin(unit, writer, begun)).id
        await submitting.submit(unit, writer, number)
    return number

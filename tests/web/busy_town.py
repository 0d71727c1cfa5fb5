"""A town in which every page has something to show."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from actions.papers import keeping_minutes
from actions.systems import entrusting, registering_webhooks
from actions.texts import submitting
from actions.texts.manuscripts import someone
from domain.actors import OPERATOR, Actor
from domain.addresses import Channel
from domain.agenda import ItemState
from domain.bodies import Role
from domain.decisions import DecisionFact
from domain.notices import Audience, AudienceKind
from domain.petitions import Petition, PetitionKind, PetitionState, Threshold
from domain.publications import PublicationKind, Text, ref_of
from domain.rolls import Presence, RollCall
from domain.session_facts import SessionFact
from domain.sessions import SessionState
from domain.tokens import Scope
from domain.votes import Count, Majority, Result, Vote
from tests.bulletins import put_out
from tests.town import Town
from tests.web.every_page import Seen, Who
from tests.web.people import AMINA, announced, with_email

SAMIRA, OMAR = "samira@example.ma", "omar@example.ma"
ADDRESSES = {Who.READER: AMINA, Who.STAFF: SAMIRA, Who.ADMIN: OMAR}
HELD = datetime(2026, 1, 15, 10)
FLOW = """
names = { fr = "Secrétariat", ar = "الكتابة", en = "Secretariat" }
[[steps]]
key = "secretariat"
names = { fr = "Secrétariat", ar = "الكتابة", en = "Secretariat" }
roles = ["council_secretariat"]
"""
LONG = (
    "Convention de partenariat relative à la réhabilitation des voiries de l’arrondissement "
    "Aïn Chock, établie sous https://marches.example/dossiers/2026/voirie-lot-14-reprise-totale"
)

NEWS = {
    "fr": Text(
        "Trois piscines",
        f"Dès **juin** :\n\n- Sidi Moumen\n- {LONG}\n\n## Horaires\nTous les jours.",
    ),
    "ar": Text("ثلاث مسابح", "ابتداء من **يونيو**، انظروا [البرنامج](https://a.example/plan)."),
}


@dataclass(frozen=True, slots=True)
class Busy:
    """The town, and what there is to be seen, by the names that the paths of pages give it."""

    town: Town
    facts: dict[str, Any]

    def path(self, seen: Seen) -> str:
        return seen.path.format_map(self.facts)


async def peopled(town: Town) -> Busy:
    """Let a council work in a town that has only been founded."""
    amina = await town.resident("Amina", seats=["council"])
    samira = await town.resident("Samira", seats=["council"], role=Role.COUNCIL_SECRETARIAT)
    await with_email(town, amina.person_id, AMINA)
    await with_email(town, samira.person_id, SAMIRA)
    await _connected(town)
    convened = await town.session(state=SessionState.DRAFT, titles=["Voirie", LONG])
    await town.document(convened, "Rapport", item=await town.item(convened, "1"))
    await town.convene(convened)
    draft = await town.session(state=SessionState.DRAFT, titles=["Éclairage public", LONG])
    await announced(town, "انقطاع الماء غدا", "من التاسعة إلى الزوال.\nhttps://lydec.example/eau")
    return Busy(
        town,
        {
            "session": convened,
            "item": (await town.item(convened, "1")).id,
            "person": amina.person_id,
            "draft": draft,
            "draft_item": (await town.item(draft, "1")).id,
            "decision": await _decided(town),
            "letter": await _letter(town, amina.person_id),
            "petition": await _petition(town, amina.person_id),
            "text": await _text(town),
            "news": ref_of(await put_out(town, NEWS)),
            "closed": await _minuted(town, samira.person_id),
            **await _opened(town, amina.person_id),
        },
    )


async def _connected(town: Town) -> None:
    """Let one system in, and tell another."""
    omar = await town.resident("Omar", seats=["council"], role=Role.ADMIN)
    await with_email(town, omar.person_id, OMAR)
    async with town.store.unit() as unit:
        await entrusting.entrust(
            unit, "web-site", omar.person_id, [Scope.COUNCIL_READ], actor=OPERATOR
        )
        await registering_webhooks.add(
            unit, "calendar", "https://calendar.example/in", bodies=["council"], actor=OPERATOR
        )


async def _opened(town: Town, present: int) -> dict[str, int]:
    """Return a session that is open, somebody being there, and an item to vote on."""
    opened = await town.session(starts=HELD, titles=[LONG], state=SessionState.OPEN)
    async with town.store.unit() as unit:
        await unit.rolls.mark(opened, 1, {present: Presence.PRESENT})
        await unit.rolls.keep(RollCall(opened, 1, HELD.date(), 1, 1, 1, has_quorum=True))
    return {"open": opened, "open_item": (await town.item(opened, "1")).id}


async def _decided(town: Town) -> str:
    held = await town.session(starts=HELD, titles=["Propreté"], state=SessionState.CLOSED)
    item = replace(await town.item(held, "1"), state=ItemState.ADOPTED)
    await town.change_item(item)
    count = Count(in_favour=7, against=2, abstained=1)
    async with town.store.unit() as unit:
        await unit.votes.keep(
            Vote(item.id, 1, HELD.date(), count, 10, Majority.CAST, Result.ADOPTED)
        )
        decision = await unit.decisions.adopt(
            town.tenant_id,
            item.id,
            title=item.title,
            text="Les rues sont lavées chaque nuit.",
            language="fr",
            on=HELD.date(),
            majority=Majority.CAST,
            needs_visa=False,
        )
        await unit.decisions.change(decision.noted(DecisionFact.SIGNED, date(2026, 1, 16)))
    return decision.ref


async def _minuted(town: Town, clerk: int) -> int:
    """Return a session that was closed, whose minutes are drawn up."""
    held = await town.session(starts=HELD, titles=["Voirie"], state=SessionState.CLOSED)
    async with town.store.unit() as unit:
        for fact in (SessionFact.OPENED, SessionFact.CLOSED):
            await unit.session_facts.note(held, fact, HELD.date())
        actor = Actor.of(await someone(unit, clerk), Channel.SLACK, "samira")
        await keeping_minutes.draft(unit, actor, held, ("ours", FLOW))
    return held


async def _text(town: Town) -> int:
    """Return a text that was rewritten, and waits for the secretariat's word."""
    leila = await town.resident("Leila", seats=["council"], role=Role.COMMUNICATION_WRITER)
    first = {"fr": Text("Coupure d’eau", "L’eau sera coupée jeudi."), "ar": Text("الماء", LONG)}
    async with town.store.unit() as unit:
        writer = Actor.of(await someone(unit, leila.person_id), Channel.SLACK, "leila")
        everyone = Audience(AudienceKind.EVERYONE)
        begun = submitting.Begun(PublicationKind.POST, ("ours", FLOW), first, audience=everyone)
        number = (await submitting.begin(unit, writer, begun)).id
        await submitting.submit(unit, writer, number)
        again = {**first, "fr": Text("Coupure d’eau", "L’eau sera coupée mercredi.")}
        await submitting.revise(unit, writer, number, again)
    return number


async def _letter(town: Town, person_id: int) -> int:
    """Return the oldest letter of somebody: a convocation, with all its choices."""
    async with town.store.reading() as unit:
        held = await unit.letters.of_person(person_id, most=20)
    return held[-1].id


async def _petition(town: Town, mandatary: int) -> str:
    """Return a petition that collects signatures."""
    now = town.clock.now()
    petition = Petition(
        0,
        "",
        PetitionKind.CITIZENS,
        PetitionState.COLLECTING,
        "council",
        "Un passage piéton rue Tarfaya",
        "On y tombe.",
        "Peindre un passage.",
        "fr",
        mandatary,
        now,
        threshold=Threshold(100, "123", "other"),
        closes_at=now + timedelta(days=90),
    )
    async with town.store.unit() as unit:
        added = await unit.petitions.add(town.tenant_id, 1, petition, year=now.year)
        found = await unit.petitions.by_id(added)
    assert found
    return found.ref

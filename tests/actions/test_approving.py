"""Two who may decide a step press at one instant, on two networks: one is heard, one is told so."""

import asyncio

from actions import approving
from actions.texts import submitting
from actions.texts.manuscripts import someone
from domain.actors import Actor, Proof
from domain.addresses import Channel
from domain.approvals import Verdict
from domain.bodies import Role
from domain.errors import Refused
from domain.notices import Audience, AudienceKind
from domain.publications import PublicationKind, Text
from store.connecting import Store
from store.tables.people import memberships
from tests.communes import founded

FLOW = """
names = { fr = "a", ar = "b", en = "c" }
[[steps]]
key = "direction"
names = { fr = "a", ar = "b", en = "c" }
roles = ["director_general", "cabinet"]
"""
TEXTS = {"fr": Text("Eau", "L’eau sera coupée jeudi.")}


async def submitted(store: Store) -> str:
    """Put a text of the first person before the other two, and return its sha256."""
    await founded(store)
    roles = (Role.COMMUNICATION_WRITER, Role.DIRECTOR_GENERAL, Role.CABINET)
    async with store.unit() as unit:
        for role in roles:
            person_id = await unit.people.add(1, name=role, language="fr")
            row = {"person_id": person_id, "body_id": 1, "role": role}
            await unit.connection.execute(memberships.insert().values(**row))
        author = Actor.of(await someone(unit, 1))
        everyone = Audience(AudienceKind.EVERYONE)
        begun = submitting.Begun(PublicationKind.POST, ("ours", FLOW), TEXTS, audience=everyone)
        number = (await submitting.begin(unit, author, begun)).id
        return (await submitting.submit(unit, author, number)).content


async def test_of_two_who_press_at_one_instant_one_decides_and_it_goes_out_once(
    store: Store,
) -> None:
    content = await submitted(store)

    async def press(person_id: int, channel: Channel) -> str:
        try:
            async with store.unit() as unit:
                person = await someone(unit, person_id)
                actor = Actor.of(person, channel, "here", proof=Proof.FRESH)
                await approving.decide(unit, actor, 1, Verdict.APPROVE, shown=content)
        except Refused as refused:
            return refused.key
        return "decided"

    both = await asyncio.gather(press(2, Channel.SLACK), press(3, Channel.TELEGRAM))
    assert sorted(both) == ["approval.already_decided", "decided"]
    async with store.reading() as unit:
        told = [one.audience.kind for one in await unit.notices.recent()]
    assert told.count(AudienceKind.EVERYONE) == 1

"""Publications on their shelf: every text is kept, a decision once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from domain.addresses import Channel
from domain.approvals import ApprovalState, Decision, Due, Nudge, Verdict
from domain.publications import Publication, PublicationKind, Text, content_of
from store.connecting import Store
from tests.communes import founded

FLOW = """
names = { fr = "a", ar = "b", en = "c" }
[[steps]]
key = "head"
names = { fr = "a", ar = "b", en = "c" }
roles = ["division_head"]
"""
DAY = timedelta(days=1)
FIRST = {"fr": Text("Titre", "Un texte.")}
SECOND = {"fr": Text("Titre", "Un meilleur texte.")}


async def submitted(store: Store) -> Publication:
    await founded(store)
    async with store.unit() as unit:
        author, editor, head = [
            await unit.people.add(1, name=name, language="fr") for name in ("A", "E", "H")
        ]
        assert (author, editor, head) == (1, 2, 3)
        begun = Publication(
            0,
            PublicationKind.POST,
            ApprovalState.WAITING,
            "ours",
            "council",
            author,
            content_of(FIRST),
            1,
            unit.clock.now(),
            submitted_at=unit.clock.now(),
        )
        number = await unit.publications.add(1, 1, begun, FLOW)
        await unit.publications.write(number, FIRST, by=author)
        kept = await unit.publications.by_id(number, to_change=True)
        assert kept
        return kept


async def test_a_publication_keeps_the_flow_it_began_with(store: Store) -> None:
    kept = await submitted(store)
    async with store.reading() as unit:
        assert (await unit.publications.flow(kept)).step("head").needed == 1
    assert kept.ref == "APP-1"


async def test_every_text_is_kept_and_its_writers_are_authors(store: Store) -> None:
    kept = await submitted(store)
    async with store.unit() as unit:
        content = await unit.publications.write(kept.id, SECOND, by=2)
        kept = replace(kept, content=content, round=2)
        await unit.publications.change(kept)
        round_ = await unit.publications.round(kept)
        assert [said for _, said in await unit.publications.texts(kept.id)] == [SECOND, FIRST]
    assert round_.authors == {1, 2}
    assert round_.decisions == ()


async def test_of_two_decisions_of_one_hand_at_one_instant_one_is_kept(store: Store) -> None:
    kept = await submitted(store)

    async def decide(channel: Channel) -> bool:
        async with store.unit() as unit:
            at = unit.clock.now()
            decision = Decision("head", 3, 3, Verdict.APPROVE, kept.content, at, channel=channel)
            return await unit.publications.decide(kept, decision)

    both = await asyncio.gather(decide(Channel.SLACK), decide(Channel.TELEGRAM))
    assert sorted(both) == [False, True]
    async with store.reading() as unit:
        [(round_, decision)] = await unit.publications.decided(kept.id)
    assert (round_, decision.person_id) == (1, 3)


async def test_a_word_about_waiting_is_said_once(store: Store) -> None:
    kept = await submitted(store)
    async with store.unit() as unit:
        due = Due(Nudge.REMIND, unit.clock.now(), "head")
        assert [await unit.publications.nudge(kept, due) for _ in range(2)] == [True, False]
        assert await unit.publications.nudge(replace(kept, round=2), due)


async def test_the_version_somebody_saw_last_is_known(store: Store) -> None:
    kept = await submitted(store)
    async with store.unit() as unit:
        assert await unit.publications.seen(kept.id, 3) is None
        await unit.publications.show(kept, 3)
        content = await unit.publications.write(kept.id, SECOND, by=1)
        assert await unit.publications.seen(kept.id, 3) == FIRST
        await unit.publications.show(replace(kept, content=content), 3)
        assert await unit.publications.seen(kept.id, 3) == SECOND


async def test_a_right_is_lent_from_one_instant_to_another_or_until_it_is_taken_back(
    store: Store,
) -> None:
    await submitted(store)
    async with store.unit() as unit:
        now = unit.clock.now()
        await unit.delegations.add(3, 2, starts=now + DAY, ends=now + 2 * DAY)
        assert await unit.delegations.to(2) == []
        lent = await unit.delegations.add(3, 2, starts=now, ends=now + DAY)
        assert (await unit.delegations.to(2), await unit.delegations.from_(3)) == ([3], [2])
        assert [to for _, to in await unit.delegations.made_by(3)] == [2, 2]
        assert [await unit.delegations.end(lent, 3) for _ in range(2)] == [True, False]
        assert await unit.delegations.to(2) == []

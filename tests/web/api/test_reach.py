"""How far a notice really goes: the staff, or nobody; for all others it is simulated."""

from datetime import timedelta

import pytest

from actions.notices.announcing import announce
from actions.systems.registering_webhooks import add
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.bodies import Role
from domain.deliveries import State
from domain.notices import Audience, AudienceKind, NoticeClass
from domain.phrasebook import LANGUAGES
from domain.preferences import Reason
from domain.trials import Reach
from tests.town import Town

EVERYONE = Audience(AudienceKind.EVERYONE)
TEXTS = dict.fromkeys(LANGUAGES, ("Fermeture", "La mairie est fermée."))


@pytest.mark.parametrize(
    ("reach", "told"),
    [(Reach.NOBODY, set()), (Reach.TEAM, {"Driss"}), (Reach.EVERYONE, {"Driss", "Nadia"})],
)
@pytest.mark.parametrize("notice_class", [NoticeClass.INFORMATIONAL, NoticeClass.EMERGENCY])
async def test_a_notice_goes_as_far_as_its_reach(
    town: Town, notice_class: NoticeClass, reach: Reach, told: set[str]
) -> None:
    nadia = await town.resident("Nadia", seats=["council"])
    driss = await town.resident("Driss", seats=["council"], role=Role.CLERK)
    async with town.store.unit() as unit:
        await announce(
            unit, EVERYONE, TEXTS, notice_class=notice_class, actor=OPERATOR, reach=reach
        )
    await town.carry()
    town.clock.move_by(timedelta(days=2))  # later steps of its ladder, and digests
    await town.carry()
    for name, person in (("Nadia", nadia), ("Driss", driss)):
        async with town.store.reading() as unit:
            sent = await unit.overview.deliveries(person_id=person.person_id)
            letters = (await unit.letters.counts(person.person_id)).unread
        simulated = [one for one in sent if one.reason is Reason.TRIAL]
        assert all(one.state is State.SUPPRESSED for one in simulated)
        is_told = name in told
        assert (bool(person.messages()), letters > 0, not simulated) == (is_told,) * 3


async def test_other_systems_hear_of_what_goes_to_everyone_alone(town: Town) -> None:
    async with town.store.unit() as unit:
        await add(unit, "site", "https://site.example.ma/in", actor=OPERATOR)
        for reach in (Reach.TEAM, Reach.EVERYONE):
            notice_id = await announce(unit, EVERYONE, TEXTS, actor=OPERATOR, reach=reach)
            notice = await unit.notices.by_id(notice_id)
            assert notice
            await unit.webhooks.tell(notice)
        found = await unit.overview.deliveries(channel=Channel.WEBHOOK)
    assert [(one.state, one.reason) for one in reversed(found)] == [
        (State.SUPPRESSED, Reason.TRIAL),
        (State.QUEUED, Reason.CHOSEN),
    ]

"""A petition from the first question to the council's answer, as its people go through it."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from actions.agenda import moving_along
from actions.petitions import deciding, petitioning
from actions.petitions.settling import settle
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.agenda import ItemSource, ItemState
from domain.bodies import Role
from domain.messages import Heard, Surface
from domain.notices import NoticeClass
from domain.petitions import Origin, Petition, PetitionState, Threshold
from domain.sessions import AgendaState, SessionState
from tests.town import Talker, Town

MAY = datetime(2026, 5, 5, 10)
MAILBOX = "salma@exemple.ma"
FRENCH = ("Oui", "Non", "Non", "Non", "Oui", "Oui", "Oui")
DARIJA = ("إيه", "لا", "لا", "لا", "إيه", "إيه", "إيه")


def code(town: Town) -> str:
    """Return the last code that came to the mandatary's mailbox."""
    letters = town.networks[Channel.EMAIL].told(MAILBOX)
    found = re.findall(r"\d{6}", letters[-1].text)
    return str(found[0])


async def petition(town: Town) -> Petition:
    async with town.store.reading() as unit:
        [found] = await unit.petitions.in_states(frozenset(PetitionState))
    return found


async def sign(town: Town) -> None:
    """Have as many hands sign as are wanted, which here are two."""
    async with town.store.unit() as unit:
        one = await unit.petitions.called("PET-2026-1")
        assert one
        await unit.petitions.change(replace(one, threshold=Threshold(2, "123", "other")))
        for hand in ("one", "other"):
            signed = await unit.signatures.add(
                one.id, [hand], name="Karim Tazi", origin=Origin.ONLINE
            )
            await unit.signatures.settle(signed)
            await petitioning.recount(unit, one.id)
    await town.carry()


async def at_desk(talker: Talker) -> str:
    await talker.hears(talker.incoming(Heard.PRESS, "desk"), surface=Surface.DESK)
    told = [f"{one.title} {one.text}" for one in talker.screen()[-1].sections]
    return "\n".join(told).replace("\u2068", "").replace("\u2069", "")


async def prechecked(talker: Talker, opening: str, kind: str, *answers: str) -> str:
    await talker.says(opening)
    await talker.presses(kind)
    await talker.says("Un passage piéton rue Tarfaya")
    for answer in answers:
        await talker.says(answer)
    return await talker.presses(talker.offered()[0])


async def written(talker: Talker, *, words: str = "On y tombe.") -> str:
    await talker.presses(talker.offered()[0])
    await talker.says(words)
    await talker.says("Peindre un passage.")
    await talker.says("Salma Bennani")
    await talker.says(MAILBOX)
    await talker.presses(talker.offered()[0])
    return await talker.presses(talker.offered()[0])


async def begun(town: Town, talker: Talker, *, words: str = "On y tombe.") -> str:
    await prechecked(talker, "je veux déposer une pétition", "citoyens", *FRENCH)
    await written(talker, words=words)
    return await talker.says(code(town))


async def carried_out(town: Town, clerk: Talker, session_id: int) -> None:
    """Have the council adopt the petition's item, and the staff say what was done."""
    async with town.store.unit() as unit:
        [item] = await unit.agenda.of(session_id)
        assert (item.source, item.reference) == (ItemSource.PETITION, "PET-2026-0001")
        await moving_along.item_moved(unit, OPERATOR, replace(item, state=ItemState.ADOPTED))
    await town.carry()
    await clerk.returns("petition:1")
    await clerk.presses("suites")
    assert "Annoncer ceci" in await clerk.says("Le passage est peint.")
    await clerk.presses("Oui")


async def test_citizens_petition_the_council_and_its_answer_comes_back(
    town: Town, stranger: Talker
) -> None:
    clerk = await town.resident("Hind", seats=["council"], role=Role.CLERK)
    president = await town.resident("Nabila", seats=["council"], role=Role.PRESIDENT)
    session_id = await town.session(
        starts=MAY, state=SessionState.DRAFT, agenda=AgendaState.MISSING
    )
    said = await begun(town, stranger)
    assert "PET-2026-0001" in said
    assert "0 signature valable sur 400" in said
    follower = town.stranger("follower")
    assert "signatures en cours" in await follower.says("la pétition 1")
    assert "Vous serez averti ici" in await follower.presses("Suivre")
    await sign(town)
    assert "seuil atteint" in stranger.messages()[-1].text
    await stranger.returns("petition:1")
    assert "récépissé vous est remis" in await stranger.presses("Déposer")
    receipt = await stranger.presses("Oui, déposer")
    assert "Mandataire : Salma Bennani" in receipt
    assert "mardi 28 avril 2026" in receipt
    assert stranger.files() == ["PET-2026-0001.pdf"]
    await clerk.returns("petition:1")
    await clerk.presses("au bureau")
    assert "au bureau du conseil" in await clerk.presses("Oui")
    await president.returns("petition:1")
    assert "mardi 5 mai 2026" in await president.presses("✅ Recevable")
    assert "inscrite à l’ordre du jour" in await president.presses("Oui")
    assert "session ordinaire" in follower.messages()[-1].text
    await carried_out(town, clerk, session_id)
    assert "Le passage est peint." in follower.messages()[-1].text


async def test_what_would_be_refused_is_held_back_with_its_article_and_mended_in_darija(
    town: Town, stranger: Talker
) -> None:
    answers = (*DARIJA[:1], "إيه", *DARIJA[2:])
    said = await prechecked(stranger, "بغيت ندير عريضة", "مواطنين", *answers)
    assert "⛔" in said.splitlines()[0]
    assert "المادة 121" in said
    assert not any("كتب العريضة" in one for one in stranger.offered())
    await stranger.presses("صحح")
    await stranger.presses("كتمس الثوابت")
    await stranger.says("لا")
    assert "ما كاين والو" in await stranger.presses(stranger.offered()[0])
    await written(stranger)
    assert "تنشرات العريضة" in await stranger.says(code(town))
    async with town.store.reading() as unit:
        assert await unit.people.language((await petition(town)).mandatary_id) == "ary"


async def test_a_group_that_follows_the_council_hears_what_befalls_petitions(
    town: Town, stranger: Talker
) -> None:
    president = await town.resident("Nabila", seats=["council"], role=Role.PRESIDENT)
    group = town.group()
    group.speaker = president.address
    await group.says("/follow council")
    await begun(town, stranger)
    assert "signatures en cours" in group.messages()[-1].text
    assert "On y tombe." in await group.says("PET-2026-0001")
    assert not any("Suivre" in one for one in group.offered())


async def test_what_waits_lies_on_the_desk_with_what_is_overdue_at_its_head(
    town: Town, stranger: Talker
) -> None:
    clerk = await town.resident("Hind", seats=["council"], role=Role.CLERK)
    await begun(town, stranger)
    await sign(town)
    await stranger.returns("petfile:1:yes")
    assert "Réponse due le mardi 28 avril 2026" in await at_desk(clerk)
    town.clock.move_by(timedelta(days=100))
    assert "Réponse en retard" in await at_desk(clerk)
    assert "pétition" not in await at_desk(await town.resident("Youssef", seats=["council"]))


async def test_a_word_that_hurts_is_read_by_a_person_before_anybody_else_sees_it(
    town: Town, stranger: Talker
) -> None:
    clerk = await town.resident("Hind", seats=["council"], role=Role.CLERK)
    assert "relit" in await begun(town, stranger, words="Le maire est un salaud.")
    assert "n’existe pas" in await town.stranger("other").says("la pétition PET-2026-0001")
    member = await town.resident("Youssef", seats=["council"])
    assert "n’existe pas" in await member.says("la pétition PET-2026-0001")
    await member.returns("petwork:release:1:yes")
    assert "n’existe pas" in member.sees()
    assert "en cours de relecture" in await clerk.says("la pétition PET-2026-0001")
    await clerk.presses("Ne pas publier")
    await clerk.presses("offensants")
    assert (await petition(town)).state is PetitionState.BLOCKED
    await stranger.returns("petition:1")
    assert "non publiée" in stranger.sees()


async def completed(clerk: Talker, mandatary: Talker) -> None:
    """Have the clerk ask for a paper, the mandatary bring it, and the bureau get it all."""
    await clerk.returns("petition:1")
    await clerk.presses("complément")
    await clerk.says("La liste du bureau de l’association.")
    await clerk.presses("Oui")
    assert "La liste du bureau" in mandatary.messages()[-1].text
    await mandatary.returns("petition:1")
    await mandatary.presses("Compléter")
    await mandatary.says("La voici.")
    await mandatary.says("passer")
    assert "Complément reçu" in await mandatary.presses("Envoyer")
    await clerk.returns("petwork:pass:1:yes")


async def test_an_association_needs_no_signatures_and_completes_its_papers_once(
    town: Town, stranger: Talker
) -> None:
    clerk = await town.resident("Hind", seats=["council"], role=Role.CLERK)
    president = await town.resident("Nabila", seats=["council"], role=Role.VICE_PRESIDENT)
    facts = ("Oui", "Non", "Non", "Non", "12/03/2019", "Oui", "Oui", "Oui")
    await prechecked(stranger, "je veux déposer une pétition", "association", *facts)
    await stranger.presses(stranger.offered()[0])
    for answer in ("Le parc ferme trop tôt.", "L’ouvrir le soir.", "Les amis du parc"):
        await stranger.says(answer)
    await stranger.says("Salma Bennani")
    await stranger.says(MAILBOX)
    await stranger.says("passer")
    await stranger.presses("Envoyer")
    assert "Récépissé" in await stranger.says(code(town))
    await completed(clerk, stranger)
    await president.returns("petition:1")
    await president.presses("Irrecevable")
    await president.presses("hors des pouvoirs")
    assert "notifié" in await president.says("Le parc relève de l’État.")
    await president.presses("Oui")
    told = stranger.messages()[-1].text
    assert "hors des pouvoirs du conseil (art. 121)" in told
    assert "Le parc relève de l’État." in told
    async with town.store.reading() as unit:
        refusals = [one for one in await unit.notices.recent() if "irrecevable" in str(one.content)]
        assert NoticeClass.STATUTORY in {one.notice_class for one in refusals}


async def test_a_wrong_code_begins_nothing_and_a_contact_is_left_in_peace(
    town: Town, stranger: Talker
) -> None:
    await prechecked(stranger, "je veux déposer une pétition", "citoyens", *FRENCH)
    await written(stranger)
    wrong = "000000" if code(town) != "000000" else "111111"
    assert "Ce code n’est pas" in await stranger.says(wrong)
    async with town.store.reading() as unit:
        assert await unit.petitions.in_states(frozenset(PetitionState)) == []
    letters = town.networks[Channel.EMAIL]
    for _ in range(4):
        await stranger.returns("form:petition_citizens:yes")
    assert len(letters.told(MAILBOX)) == 3


async def test_a_petition_that_collects_too_long_expires_and_its_mandatary_withdraws_none(
    town: Town, stranger: Talker
) -> None:
    async with town.store.unit() as unit:
        await settle(unit, OPERATOR, collecting_days=40)
    await begun(town, stranger)
    town.clock.move_by(timedelta(days=31))
    async with town.store.unit() as unit:
        assert [await deciding.mind_petitions(unit) for _ in range(2)] == [1, 0]
    await town.carry()
    assert "manque encore 400 signatures" in stranger.messages()[-1].text
    town.clock.move_by(timedelta(days=10))
    async with town.store.unit() as unit:
        assert await deciding.mind_petitions(unit) == 1
    await town.carry()
    assert "expirée" in stranger.messages()[-1].text
    assert "nouvelle pétition" in stranger.messages()[-1].text
    await stranger.returns("petwithdraw:1:yes")
    assert "ne peut pas passer" in stranger.sees()


async def test_only_its_mandatary_and_who_may_touch_a_petition(
    town: Town, stranger: Talker
) -> None:
    await begun(town, stranger)
    member = await town.resident("Youssef", seats=["council"])
    for value in ("petwithdraw:1:yes", "petfile:1:yes", "petreceipt:1", "petwork:hold:1:yes"):
        await member.returns(value)
        assert "Vous n’avez pas qualité" in member.sees(), value
    await member.returns("petwork:admit:1:yes")
    assert "Vous n’avez pas qualité" in member.sees()
    assert (await petition(town)).state is PetitionState.COLLECTING


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("Quelles sont les conditions d’une pétition ?", ("400 signatures", "art. 123", "Dakhla")),
        ("what are the conditions for a petition", ("400 signatures", "art. 124")),
        ("شنو خاص باش ندير عريضة", ("400", "المادة 123")),
    ],
)
async def test_what_the_law_asks_is_told_with_its_articles(
    stranger: Talker, asked: str, wanted: tuple[str, ...]
) -> None:
    said = await stranger.says(asked)
    assert all(one in said for one in wanted), said

from dataclasses import replace
from datetime import date

import pytest

from domain.agenda import ItemState
from domain.approvals import ApprovalState
from domain.decisions import Decision
from domain.documents import Visibility
from domain.notices import Audience, AudienceKind
from domain.petitions import Petition, PetitionKind, PetitionState
from domain.publications import Publication, PublicationKind, Text, content_of
from domain.searching import Sought
from domain.votes import Majority
from tests.town import OPENS, Talker, Town

TITLES = ["Convention de propreté urbaine", "Éclairage public d’Aïn Chock", "اتفاقية النظافة"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("où en est le dossier de l'éclairage public ?", "Éclairage public d’Aïn Chock"),
        ("est-ce que le point sur l'éclairage a été voté ?", "✅ adopté"),
        ("أين وصل ملف الإنارة العمومية؟", "Éclairage public d’Aïn Chock"),
        ("what is the status of the street lighting file?", "Éclairage public d’Aïn Chock"),
        ("où en est le dossier de la piscine ?", "rien trouvé sur « piscine »"),
    ],
)
async def test_a_file_is_found_by_what_it_is_about(
    town: Town, stranger: Talker, question: str, answer: str
) -> None:
    session = await town.session(titles=TITLES)
    item = await town.item(session, "2")
    await town.change_item(replace(item, state=ItemState.ADOPTED))
    assert answer in await stranger.says(question)


async def test_several_files_are_told_with_their_states_each_with_a_button(
    town: Town, stranger: Talker
) -> None:
    await town.session(titles=TITLES)
    await town.session(titles=["Propreté des plages"], starts=OPENS.replace(month=3))
    said = await stranger.says("où en est le dossier de la propreté ?")
    assert said.index("Propreté des plages") < said.index("اتفاقية النظافة")
    assert "📋 inscrit à l’ordre du jour — point 1, Convention" in said
    assert "Convention de propreté urbaine" in await stranger.presses("N° 1. Convention")


async def test_what_somebody_may_not_see_is_not_found(
    town: Town, stranger: Talker, councillor: Talker
) -> None:
    session = await town.session(titles=TITLES)
    item = await town.item(session, "1")
    await town.change_item(replace(item, title="Cession du stade", is_public=False))
    await town.document(session, "Note sur le stade", visibility=Visibility.STAFF)
    assert "rien trouvé" in await stranger.says("où en est le dossier du stade ?")
    assert "Cession du stade" in await councillor.says("où en est le dossier du stade ?")
    assert "Note" not in await councillor.says("chercher le stade")


@pytest.mark.parametrize(
    "words", ["chercher plan d'éclairage", "/search lighting plan", "ابحث plan الإنارة"]
)
async def test_whoever_looks_for_words_finds_papers_too(
    town: Town, stranger: Talker, words: str
) -> None:
    session = await town.session(titles=TITLES)
    await town.document(session, "Plan d’éclairage 2026")
    assert "Plan d’éclairage 2026" in await stranger.says(words)
    assert stranger.files()


async def test_who_looks_for_nothing_is_told_how(stranger: Talker) -> None:
    assert "Que cherchez-vous" in await stranger.says("/chercher")


async def decided(town: Town, *, is_public: bool = True) -> Decision:
    """Have the council decide on its swimming pool."""
    session_id = await town.session(titles=["Point 1"])
    item = await town.item(session_id, "1")
    await town.change_item(replace(item, is_public=is_public))
    async with town.store.unit() as unit:
        decision = await unit.decisions.adopt(
            town.tenant_id,
            item.id,
            title="Rénovation de la piscine",
            text="La piscine municipale est rénovée.",
            language="fr",
            on=date(2026, 1, 12),
            majority=Majority.CAST,
            needs_visa=False,
        )
        await unit.references.enter(Sought.DECISION, decision.id)
    return decision


async def petitioned(town: Town, state: PetitionState) -> None:
    mandatary = await town.resident("Salma")
    petition = Petition(
        id=0,
        ref="",
        kind=PetitionKind.CITIZENS,
        state=state,
        body_key="council",
        subject="Rouvrir la piscine",
        reasons="Il fait chaud.",
        goals="Nager.",
        language="fr",
        mandatary_id=mandatary.person_id,
        created_at=town.clock.now(),
    )
    async with town.store.unit() as unit:
        body = town.bodies["council"]
        number = await unit.petitions.add(town.tenant_id, body, petition, year=2026)
        await unit.references.enter(Sought.PETITION, number)


async def told(town: Town, audience: AudienceKind) -> None:
    """Have a text be out, to everybody or to few."""
    author = await town.resident("Leila")
    arabic = Text("إغلاق المسبح", "إلى الثلاثاء.")
    texts = {"fr": Text("Piscine fermée", "Jusqu’à mardi."), "ar": arabic}
    publication = Publication(
        id=0,
        kind=PublicationKind.POST,
        state=ApprovalState.PUBLISHED,
        flow="ma.commune",
        body_key="council",
        author_id=author.person_id,
        content=content_of(texts),
        round=1,
        created_at=town.clock.now(),
        audience=Audience(audience, "council"),
    )
    async with town.store.unit() as unit:
        body = town.bodies["council"]
        number = await unit.publications.add(town.tenant_id, body, publication, "")
        await unit.publications.write(number, texts, by=author.person_id)
        await unit.references.enter(Sought.TEXT, number)


async def test_decisions_petitions_and_texts_are_found_by_their_words_in_any_script(
    town: Town, stranger: Talker
) -> None:
    await decided(town)
    await petitioned(town, PetitionState.COLLECTING)
    await told(town, AudienceKind.EVERYONE)
    said = await stranger.says("chercher piscine")
    for ref in ("DEL-2026-1", "PET-2026-0001", "APP-1"):
        assert ref in said
    assert "Jusqu’à mardi." in await stranger.presses("APP-1")
    assert "إغلاق المسبح" in (await town.stranger().says("ابحث المسبح"))


async def test_what_is_not_everybodys_is_not_found_whatever_it_is(
    town: Town, stranger: Talker, councillor: Talker
) -> None:
    await decided(town, is_public=False)
    await petitioned(town, PetitionState.HELD)
    await told(town, AudienceKind.BODY)
    assert "rien trouvé" in await stranger.says("chercher piscine")
    assert "Aucun texte" in await stranger.returns("text:1")
    assert "DEL-2026-1" in await councillor.says("chercher piscine")


async def test_everything_is_found_again_once_its_words_were_read_anew(
    town: Town, stranger: Talker
) -> None:
    await decided(town)
    await petitioned(town, PetitionState.COLLECTING)
    await told(town, AudienceKind.FOLLOWERS)
    async with town.store.unit() as unit:
        await unit.catalogue.read_anew()
        await unit.references.read_anew()
    said = await stranger.says("chercher piscine")
    assert all(ref in said for ref in ("DEL-2026-1", "PET-2026-0001", "APP-1"))

from dataclasses import replace

import pytest

from domain.agenda import ItemState
from domain.documents import Visibility
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

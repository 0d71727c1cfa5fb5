import pytest

from domain.bodies import Role
from tests.town import Talker, Town


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("c'est qui le rapporteur du budget ?", "Samira — rapporteur(e) du budget"),
        ("qui est le président du conseil ?", "Hassan — président(e)"),
        ("من هو رئيس لجنة الميزانية؟", "Nadia"),
        ("who sits in the budget commission?", "Nadia — committee chair"),
        ("qui est Samira au conseil ?", "Samira — rapporteur(e) du budget"),
    ],
)
async def test_anybody_may_know_who_holds_an_office_and_who_sits_where(
    town: Town, stranger: Talker, question: str, answer: str
) -> None:
    await town.resident("Hassan", seats=["council"], role=Role.PRESIDENT)
    await town.resident("Samira", seats=["council"], role=Role.RAPPORTEUR_BUDGET)
    await town.resident("Nadia", seats=["com:budget"], role=Role.COMMISSION_CHAIR)
    await town.resident("Youssef", seats=["council", "com:budget"], role=Role.CLERK)
    said = await stranger.says(question)
    assert answer in said
    assert "Youssef" not in said


async def test_who_names_no_body_may_choose_one(town: Town, stranger: Talker) -> None:
    await town.resident("Hassan", seats=["council"])
    assert "De quelle instance" in await stranger.says("qui sont les élus ?")
    assert "Hassan" in await stranger.presses("Conseil")


async def test_an_office_nobody_holds_leads_to_the_body(town: Town, stranger: Talker) -> None:
    await town.resident("Hassan", seats=["council"])
    assert "Je ne connais personne" in await stranger.says("qui est le président du conseil ?")
    assert "Hassan" in await stranger.presses("Élus")

"""A text of the town hall, from its first word to its publication, through all hands."""

from dataclasses import replace
from datetime import timedelta

import pytest

from actions import approving
from actions.texts import nudging
from actions.texts.manuscripts import someone
from domain.actors import Actor, Proof
from domain.addresses import Channel
from domain.approvals import ApprovalState, Verdict
from domain.bodies import Role
from domain.errors import Refused
from domain.publications import Publication
from domain.sessions import AgendaState
from tests.town import Talker, Town

TEXT = "Eau : coupure jeudi\nL’eau sera coupée jeudi à Anfa. Elle revient vendredi."
BETTER = "Eau : coupure mercredi\nL’eau sera coupée mercredi à Anfa. Elle revient vendredi."
LONG = "Eau\n" + "L’eau sera coupée jeudi. " * 60


@pytest.fixture
async def writer(town: Town) -> Talker:
    return await town.resident("Salma", seats=["council"], role=Role.COMMUNICATION_WRITER)


@pytest.fixture
async def head(town: Town) -> Talker:
    """The head of the communication division reads Arabic, on Slack."""
    role = Role.DIVISION_HEAD
    return await town.resident("Driss", "ar", seats=["council"], role=role, on=Channel.SLACK)


@pytest.fixture
async def director(town: Town) -> Talker:
    return await town.resident("Karim", seats=["council"], role=Role.DIRECTOR_GENERAL)


@pytest.fixture
async def president(town: Town) -> Talker:
    return await town.resident("Nabila", seats=["council"], role=Role.PRESIDENT)


async def writes(writer: Talker, text: str = TEXT, *, release: str = "passer") -> None:
    """Write a press release for everybody, and submit it."""
    await writer.says("soumettre un communiqué en validation")
    for said in (text, "passer", "passer", "1", release, "1"):
        await writer.says(said)


async def rewrites(writer: Talker, text: str) -> None:
    await writer.returns("rewrite:1")
    await writer.presses("Corriger")
    await writer.presses("Français")
    await writer.says(text)
    await writer.presses("Envoyer")


async def text_of(town: Town, number: int = 1) -> Publication:
    async with town.store.reading() as unit:
        kept: Publication | None = await unit.publications.by_id(number)
    assert kept
    return kept


async def asked(talker: Talker) -> str:
    """Return the value of the button by which the last message asks for a yes."""
    return talker.messages()[-1].choices[0].value


async def nudged(town: Town, after: timedelta) -> None:
    town.clock.move_by(after)
    async with town.store.unit() as unit:
        await nudging.nudge_due(unit, unit.clock.now())
    await town.carry()


async def test_a_text_goes_from_hand_to_hand_and_out_by_itself(
    town: Town, writer: Talker, head: Talker, director: Talker, president: Talker
) -> None:
    citizen = await town.resident("Hicham")
    await writes(writer)
    assert "APP-1" in head.sees()
    await head.returns(await asked(head))
    assert "APP-1 à approuver" in director.messages()[-1].title
    await director.returns(await asked(director))
    assert "Votre accord est le dernier" in await president.returns(await asked(president))
    assert citizen.messages() == []
    await president.presses("Oui")
    assert citizen.messages()[-1].title == "Eau : coupure jeudi"
    assert (await text_of(town)).state is ApprovalState.PUBLISHED


async def test_an_edit_undoes_what_was_decided_and_tells_them_what_changed(
    town: Town, writer: Talker, head: Talker, director: Talker
) -> None:
    await writes(writer)
    old = await asked(head)
    await head.returns(old)
    earlier = await asked(director)
    await rewrites(writer, BETTER)
    assert "➖ L’eau sera coupée jeudi à Anfa." in head.messages()[-1].text
    assert "➕ L’eau sera coupée mercredi à Anfa." in head.messages()[-1].text
    assert "ne vaut plus" in director.messages()[-1].text
    assert "تغيّر النص" in await head.returns(old)
    assert "Le texte a changé" in await director.returns(earlier)
    assert (await text_of(town)).round == 2


async def test_who_wrote_a_text_never_decides_on_it(town: Town, head: Talker) -> None:
    await writes(head)
    assert "لا أحد يمكنه البت" in head.sees()
    kept = await text_of(town)
    said = await head.returns(f"approve:1:1:{kept.mark}")
    assert "Vous avez écrit ce texte" in said


async def test_a_second_hand_within_the_same_moment_is_told_who_was_first(
    town: Town, writer: Talker, head: Talker, director: Talker
) -> None:
    cabinet = await town.resident("Leila", seats=["council"], role=Role.CABINET)
    await writes(writer)
    await head.returns(await asked(head))
    value = await asked(cabinet)
    await director.returns(value)
    assert "✅ Karim a approuvé" in cabinet.messages()[-1].text
    assert "Quelqu’un d’autre vient de décider" in await cabinet.returns(value)
    assert "Vous avez déjà décidé" in await director.returns(value)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("rejeter APP-1", ApprovalState.REJECTED),
        ("demande de modification sur APP-1", ApprovalState.CHANGES_REQUESTED),
    ],
)
async def test_a_no_in_words_is_asked_why_and_read_back(
    town: Town, writer: Talker, head: Talker, words: str, state: ApprovalState
) -> None:
    await writes(writer)
    await head.says(words)
    await head.says("Le jour est faux.")
    assert (await text_of(town)).state is ApprovalState.WAITING
    await head.says("oui")
    assert (await text_of(town)).state is state
    assert "Le jour est faux." in writer.messages()[-1].text


async def test_a_yes_in_words_is_said_back_with_the_whole_text(
    town: Town, writer: Talker, head: Talker
) -> None:
    await writes(writer)
    assert "L’eau sera coupée" in await head.says("j'approuve le communiqué")
    assert (await text_of(town)).state is ApprovalState.WAITING
    await head.presses("Oui")
    async with town.store.reading() as unit:
        assert len(await unit.publications.decisions(1)) == 1


async def test_an_embargo_holds_and_its_hour_publishes_once(
    town: Town, writer: Talker, head: Talker, director: Talker, president: Talker
) -> None:
    citizen = await town.resident("Hicham")
    await writes(writer, release="demain à 18 h")
    for talker in (head, director, president):
        await talker.returns(await asked(talker))
    await president.presses("Oui")
    assert (await text_of(town)).state is ApprovalState.SCHEDULED
    town.clock.move_by(timedelta(hours=33))
    await town.carry()
    await town.carry()
    assert [message.title for message in citizen.messages()] == ["Eau : coupure jeudi"]


async def test_somebody_on_leave_is_stood_in_for(
    writer: Talker, head: Talker, director: Talker
) -> None:
    await head.returns("delegate")
    for said in ("Karim", "aujourd'hui", "demain"):
        await head.says(said)
    assert "Karim" in await head.says("نعم")
    assert "Driss vous délègue son accord" in director.messages()[-1].text
    await writes(writer)
    assert "APP-1" in director.messages()[-1].title
    await director.returns(await asked(director))
    assert "Karim, pour Driss," in await writer.says("historique APP-1")


async def test_a_silence_is_reminded_of_then_told_above_and_ends_as_nothing(
    town: Town, writer: Talker, head: Talker, director: Talker
) -> None:
    await writes(writer)
    await nudged(town, timedelta(hours=12))
    assert "تذكير" in head.messages()[-1].title
    await nudged(town, timedelta(hours=13))
    assert "attend toujours" in director.messages()[-1].text
    count = len(director.messages())
    await nudged(town, timedelta(hours=1))
    assert len(director.messages()) == count
    await nudged(town, timedelta(days=14))
    assert (await text_of(town)).state is ApprovalState.EXPIRED
    assert "rien n’est approuvé" in writer.messages()[-1].text


async def test_a_long_text_is_not_approved_where_it_cannot_be_read_whole(
    town: Town, writer: Talker, head: Talker
) -> None:
    await writes(writer, LONG)
    kept = await text_of(town)
    async with town.store.unit() as unit:
        person = await someone(unit, head.person_id)
        by_sms = Actor.of(person, Channel.SMS, "+212600000001", proof=Proof.FRESH)
        with pytest.raises(Refused) as refused:
            await approving.decide(unit, by_sms, 1, Verdict.APPROVE, shown=kept.content)
        assert refused.value.key == "approval.read_elsewhere"
        reason = "Trop long."
        await approving.decide(unit, by_sms, 1, Verdict.CHANGES, shown=kept.content, reason=reason)


async def test_what_is_not_theirs_does_not_exist_for_them(town: Town, writer: Talker) -> None:
    await writes(writer)
    citizen = await town.resident("Hicham")
    assert "Je ne connais pas" in await citizen.says("historique APP-1")
    assert "Aucun texte" in await citizen.says("qui bloque APP-1 ?")
    assert "Aucun texte" in await citizen.returns("approve:1:1:abcdefgh")


async def test_the_author_takes_a_text_back_and_every_card_says_so(
    town: Town, writer: Talker, head: Talker
) -> None:
    await writes(writer)
    await writer.returns("recall:1")
    await writer.presses("Oui")
    assert "✋" in head.messages()[-1].text
    assert (await text_of(town)).state is ApprovalState.RECALLED


async def test_an_agenda_that_was_agreed_to_may_be_read(
    town: Town, writer: Talker, head: Talker, director: Talker, president: Talker
) -> None:
    session_id = await town.session(titles=["Voirie"], agenda=AgendaState.DRAFTED)
    await writer.returns(f"propose:{session_id}")
    await writer.presses("Oui")
    for talker in (head, director, president):
        assert "Voirie" in talker.messages()[-1].text
        await talker.returns(await asked(talker))
    await president.presses("Oui")
    async with town.store.reading() as unit:
        session = await unit.sessions.by_id(session_id)
    assert session
    assert session.agenda_state is AgendaState.PUBLISHED


async def test_who_stands_in_is_asked_for_what_waited_before_they_did(
    town: Town, writer: Talker, head: Talker, director: Talker
) -> None:
    await writes(writer)
    await head.returns("delegate")
    for said in ("Karim", "demain", "après-demain"):
        await head.says(said)
    await head.says("نعم")
    assert "APP-1" not in director.messages()[-1].title
    await nudged(town, timedelta(hours=15))
    titles = [message.title for message in director.messages()]
    assert titles.count("APP-1 à approuver : Eau : coupure jeudi") == 1
    count = len(director.messages())
    await nudged(town, timedelta(minutes=5))
    assert len(director.messages()) == count


async def test_an_agenda_that_changed_is_told_to_who_submitted_it_and_comes_anew(
    town: Town, writer: Talker, head: Talker
) -> None:
    session_id = await town.session(titles=["Voirie"], agenda=AgendaState.DRAFTED)
    await writer.returns(f"propose:{session_id}:yes")
    earlier = await asked(head)
    assert "Modifier le texte" not in "\n".join(writer.offered())
    await town.change_item(replace(await town.item(session_id, "1"), title="Voirie et parcs"))
    await nudged(town, timedelta(minutes=5))
    assert "ne peut plus être approuvé tel quel" in writer.messages()[-1].text
    assert "تغيّر جدول الأعمال" in await head.returns(earlier)
    await writer.returns("submit:1")
    card = head.messages()[-1].text
    assert ("➕" in card, "Voirie et parcs" in card) == (True, True), card


async def test_an_author_is_told_when_somebody_else_changes_their_text(
    town: Town, writer: Talker, head: Talker
) -> None:
    colleague = await town.resident("Leila", seats=["council"], role=Role.COMMUNICATION_WRITER)
    await writes(writer)
    await rewrites(colleague, BETTER)
    assert "Leila a modifié le texte" in writer.messages()[-1].text
    told = await writer.says("historique APP-1")
    assert "Leila a modifié le texte. (Telegram)" in told
    assert "➖ L’eau sera coupée jeudi à Anfa." in told
    assert "coupée mercredi" in head.messages()[-1].text


async def test_a_text_that_is_out_is_withdrawn_with_its_reason_and_nothing_more_of_it_leaves(
    town: Town, writer: Talker, head: Talker, director: Talker, president: Talker
) -> None:
    await writes(writer)
    for talker in (head, director, president):
        await talker.returns(await asked(talker))
    await president.presses("Oui")
    assert "n’avez pas qualité" in await writer.returns("withdraw:1")
    await director.says("statut APP-1")
    await director.returns("approval:1")
    await director.presses("Retirer le texte")
    await director.says("La coupure est annulée.")
    assert "APP-1 est retiré" in await director.presses("Envoyer")
    assert "Le texte est retiré" in writer.messages()[-1].text
    assert (await text_of(town)).ended_reason == "La coupure est annulée."

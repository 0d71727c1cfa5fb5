"""Forms as they are filled in on any channel: asked, put off, taken up again, read back, sent."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from domain.addresses import Channel
from domain.files import Kept
from domain.messages import Brought, Heard
from domain.requests import Request, RequestState
from domain.sheets import FieldKind
from tests.town import Talker, Town

PDF = b"%PDF-1.7 the lamps of Anfa"
EVERYWHERE = pytest.mark.parametrize(
    "channel", [Channel.CONSOLE, Channel.TELEGRAM, Channel.SLACK], ids=str
)


async def filed(town: Town) -> list[Request]:
    async with town.store.reading() as unit:
        found: list[Request] = await unit.requests.listed(states=frozenset(RequestState))
    return found


async def answers(town: Town, form: str) -> Mapping[str, str] | None:
    """Return what the one draft of a form holds, None when there is none to go on with."""
    async with town.store.unit() as unit:
        found = await unit.connection.exec_driver_sql(
            "SELECT holder FROM drafts WHERE form = ? AND dropped_at IS NULL", (form,)
        )
        holder = found.scalar_one_or_none()
        draft = await unit.drafts.of([holder], form) if holder else None
    return dict(draft.answers) if draft else None


@EVERYWHERE
async def test_a_form_is_asked_question_by_question_read_back_and_sent(
    town: Town, stranger: Talker
) -> None:
    assert "(1/3)" in await stranger.says("/human")
    assert "(2/3)" in await stranger.says("Mon quartier")
    assert "(3/3)" in await stranger.says("La rue est noire.\nMerci.")
    read_back = await stranger.says("passer")
    assert "Sujet : Mon quartier" in read_back
    assert "La rue est noire.\nMerci." in read_back
    assert await filed(town) == []
    assert "REQ-2026-1" in await stranger.presses("Envoyer")
    [request] = await filed(town)
    assert request.fields == {"subject": "Mon quartier", "text": "La rue est noire.\nMerci."}
    assert await answers(town, "message") is None


@pytest.mark.parametrize(
    ("start", "skip", "send", "number"),
    [
        ("I would like to talk to a human", "skip", "yes", "registered as|passed"),
        ("أريد التحدث مع موظف", "تجاوز", "نعم", "تحت رقم"),
        ("بغيت نهضر مع شي واحد", "بلا", "نعم", "الرقم"),
    ],
)
async def test_a_form_is_filled_in_in_every_language(
    town: Town, stranger: Talker, start: str, skip: str, send: str, number: str
) -> None:
    await stranger.says(start)
    await stranger.says("Parc")
    await stranger.says("Trop tôt fermé")
    await stranger.says(skip)
    said = await stranger.says(send)
    assert any(one in said for one in number.split("|")), said
    assert len(await filed(town)) == 1


async def test_going_back_shows_the_answer_and_another_takes_its_place(
    town: Town, stranger: Talker
) -> None:
    await stranger.says("/human")
    await stranger.says("Parc")
    assert "Réponse notée : Parc" in await stranger.says("retour")
    assert "(2/3)" in await stranger.says("Jardin")
    await stranger.says("retour")
    assert "(2/3)" in await stranger.presses("Garder")
    assert await answers(town, "message") == {"subject": "Jardin"}


async def test_one_answer_is_corrected_and_the_others_are_kept(stranger: Talker) -> None:
    for said in ("/human", "Parc", "Fermé", "06 12 34 56 78"):
        await stranger.says(said)
    await stranger.presses("Corriger")
    assert "Réponse notée : Fermé" in await stranger.presses("Message")
    read_back = await stranger.says("Fermé le soir")
    assert "Message : Fermé le soir" in read_back
    assert "06 12 34 56 78" in read_back


async def test_a_question_in_between_is_answered_and_the_form_offered_again(
    town: Town, stranger: Talker
) -> None:
    await town.session(titles=["Voirie"])
    await stranger.says("/human")
    await stranger.says("Parc")
    assert "1. Voirie" in await stranger.says("/agenda")
    assert stranger.offered()[-1] == "Reprendre : Message au secrétariat"
    taken_up = await stranger.presses("Reprendre")
    assert "Sujet : Parc" in taken_up
    assert "(2/3)" in taken_up


async def test_a_form_left_for_a_month_is_offered_again_and_after_a_season_forgotten(
    town: Town, stranger: Talker
) -> None:
    await stranger.says("/human")
    await stranger.says("Parc")
    assert "Je garde vos réponses" in await stranger.says("plus tard")
    town.clock.move_by(timedelta(days=30))
    await purge(town)
    assert "Reprendre : Message au secrétariat" in await offered(stranger, "bonjour")
    assert "Vous aviez commencé" in await stranger.says("/human")
    assert "(2/3)" in await stranger.presses("Reprendre")
    town.clock.move_by(timedelta(days=91))
    await purge(town)
    assert "(1/3)" in await stranger.says("/human")


async def test_cancelling_drops_the_form_and_can_be_undone_for_a_day(
    town: Town, stranger: Talker
) -> None:
    await stranger.says("/human")
    await stranger.says("Parc")
    assert "rien n’a été envoyé" in await stranger.says("annuler")
    assert await answers(town, "message") is None
    assert "Reprendre : Message au secrétariat" not in await offered(stranger, "bonjour")
    assert "(2/3)" in await stranger.returns("form:message")
    await stranger.says("annuler")
    town.clock.move_by(timedelta(days=2))
    await purge(town)
    assert "n’est plus ouvert" in await stranger.returns("form:message")


async def test_a_form_begun_in_telegram_is_finished_in_slack(town: Town) -> None:
    amina = await town.resident("Amina", seats=["council"], on=Channel.TELEGRAM)
    desk = town.stranger("amina", on=Channel.SLACK)
    async with town.store.unit() as unit:
        await unit.people.verify(amina.person_id, Channel.SLACK, desk.address, at=town.clock.now())
    await amina.says("/question")
    await amina.presses("Présidence")
    await amina.says("Éclairage")
    await desk.says("bonjour")
    await desk.presses("Reprendre")
    await desk.says("Quand ?")
    await desk.says("passer")
    assert "REQ-2026-1" in await desk.presses("Envoyer")
    assert "n’est plus ouvert" in await amina.says("Quand donc ?")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [("hier", "jour est passé"), ("un jour", "Je n’ai pas reconnu la date"), ("?", "simplement")],
)
async def test_a_wrong_answer_is_told_what_to_do_and_the_rest_is_kept(
    town: Town, stranger: Talker, wrong: str, told: str
) -> None:
    for said in ("/audience", "La présidence", "Marché de gros", "Samira Alami"):
        await stranger.says(said)
    assert told in await stranger.says(wrong)
    assert "(5/5)" in await stranger.says("vendredi 6 février")
    held = await answers(town, "audience")
    assert held
    assert held["day"] == "2026-02-06"


async def test_an_answer_may_look_like_a_number_a_question_or_a_command_word(
    town: Town, stranger: Talker
) -> None:
    await stranger.says("/human")
    await stranger.says("Je ne veux pas annuler, aidez-moi à venir à la session")
    await stranger.says("L’ordre du jour de jeudi est faux")
    assert await answers(town, "message") == {
        "subject": "Je ne veux pas annuler, aidez-moi à venir à la session",
        "text": "L’ordre du jour de jeudi est faux",
    }


async def test_a_draft_of_an_older_form_keeps_the_answers_that_still_fit(
    town: Town, stranger: Talker
) -> None:
    await stranger.says("/human")
    async with town.store.unit() as unit:
        draft = await unit.drafts.begin(
            f"{stranger.channel}:{stranger.address}",
            "message",
            {"gone": "x", "subject": "Parc", "text": "y" * 5000},
        )
    assert draft.answers["gone"] == "x"
    assert "(2/3)" in await stranger.returns("form:message")


async def test_a_whole_form_is_shown_and_comes_back_whole(stranger: Talker) -> None:
    await stranger.says("/audience")
    shown = stranger.screen()[-1].form
    assert shown
    assert [one.kind for one in shown.blanks][:2] == [FieldKind.CHOICE, FieldKind.SHORT]
    await fills(stranger, "audience", whom="president", subject="Marché", name="Samira", day="")
    assert "Avec : La présidence" in stranger.sees()
    assert "REQ-2026-1" in await stranger.presses("Envoyer")


async def test_what_is_wrong_in_a_whole_form_is_asked_again_and_the_rest_kept(
    town: Town, stranger: Talker
) -> None:
    await stranger.says("/audience")
    await fills(stranger, "audience", whom="president", subject="", name="Samira", phone="12")
    assert "Cette réponse est nécessaire" in stranger.sees()
    held = await answers(town, "audience")
    assert held == {"whom": "president", "name": "Samira", "day": ""}


async def test_a_window_that_is_closed_puts_the_form_off(town: Town, stranger: Talker) -> None:
    await stranger.says("/audience")
    await stranger.town.engine.hear(stranger.incoming(Heard.FORM, "audience"))
    await town.carry()
    assert "Je garde vos réponses" in stranger.sees()


async def test_a_file_is_fetched_only_when_it_is_asked_for_and_kept_once(
    town: Town, councillor: Talker
) -> None:
    network = town.networks[councillor.channel]
    network.files["ref-1"] = PDF
    await sends(councillor, Brought("ref-1", "../notes.pdf"))
    await councillor.says("/question")
    for said in ("Présidence du conseil", "Éclairage", "Quand ?"):
        await councillor.says(said)
    await sends(councillor, Brought("ref-1", "../notes.pdf"))
    assert "Pièce jointe : notes.pdf" in councillor.sees()
    await councillor.presses("Envoyer")
    [request] = await filed(town)
    kept = Kept.read(request.fields["file"])
    async with town.store.reading() as unit:
        assert await unit.requests.files(request.id) == [kept.sha256]
        assert await unit.documents.content(kept.sha256) == PDF


@pytest.mark.parametrize(
    ("brought", "content", "told"),
    [
        (Brought("big", "a.pdf", size=11_000_000), b"", "trop lourd : 10 Mo"),
        (Brought("huge", "a.pdf"), PDF + b"0" * 10_000_000, "trop lourd : 10 Mo"),
        (Brought("exe", "a.pdf"), b"MZ", "fichiers PDF"),
        (Brought("gone", "a.pdf"), None, "n’a pas pu être lu"),
    ],
)
async def test_a_file_that_cannot_be_taken_is_told_why(
    town: Town, councillor: Talker, brought: Brought, content: bytes | None, told: str
) -> None:
    if content is not None:
        town.networks[councillor.channel].files[brought.ref] = content
    await councillor.says("/question")
    for said in ("Présidence du conseil", "Éclairage", "Quand ?"):
        await councillor.says(said)
    await sends(councillor, brought)
    assert told in councillor.sees()
    assert "(4/4)" in councillor.sees()


async def test_the_file_of_a_forgotten_draft_is_forgotten_too(
    town: Town, councillor: Talker
) -> None:
    town.networks[councillor.channel].files["ref"] = PDF
    await councillor.says("/question")
    for said in ("Présidence du conseil", "Éclairage", "Quand ?"):
        await councillor.says(said)
    await sends(councillor, Brought("ref", "notes.pdf"))
    town.clock.move_by(timedelta(days=91))
    await purge(town)
    async with town.store.reading() as unit:
        found = await unit.connection.exec_driver_sql("SELECT count(*) FROM contents")
        assert found.scalar_one() == 0


async def test_a_sticker_leaves_the_question_open(stranger: Talker) -> None:
    await stranger.says("/human")
    await stranger.does(Heard.OTHER)
    assert "réponse écrite" in stranger.sees()
    assert "(2/3)" in await stranger.says("Parc")


@pytest.mark.parametrize(
    "value", ["form:", "form:nothing", "form:message:fly", "form:message:at:nowhere", "form:mail"]
)
async def test_a_forged_button_of_a_form_harms_nothing(stranger: Talker, value: str) -> None:
    said = await stranger.returns(value)
    assert said
    assert "de notre côté" not in said


async def test_a_form_is_not_filled_in_front_of_everybody(town: Town) -> None:
    group = town.stranger("group")
    group.is_private = False
    await group.says("/human")
    assert await answers(town, "message") is None


async def offered(talker: Talker, words: str) -> str:
    await talker.says(words)
    return "\n".join(talker.offered())


async def purge(town: Town) -> None:
    line = next(line for line in town.program.timetable if line.name == "old_drafts")
    await line.what()


async def fills(talker: Talker, form: str, **given: str) -> None:
    incoming = talker.incoming(Heard.FORM, form)
    await talker.hears(incoming, answers=given)


async def sends(talker: Talker, brought: Brought) -> None:
    await talker.hears(talker.incoming(Heard.OTHER), files=(brought,))

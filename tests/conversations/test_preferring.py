from datetime import UTC, datetime, time, timedelta

import pytest

from actions.notices.announcing import announce
from actions.sessions.changing import cancel
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.deliveries import State
from domain.messages import Heard
from domain.notices import Audience, AudienceKind, NoticeClass
from domain.quiet_hours import every_day
from domain.sessions import SessionState
from domain.topics import EVERYTHING, of_body
from domain.wishes import NOTHING_SAID, Preferences, Rhythm
from store.tables.outbox import deliveries
from tests.town import Talker, Town

NIGHT = every_day(time(21), time(7))
MONDAYS = (Rhythm.WEEKLY, time(8), 0)


async def asked(town: Town, talker: Talker) -> Preferences:
    async with town.store.reading() as unit:
        return (await unit.preferences.of(talker.person_id)).now


async def announced(
    town: Town, talker: Talker, *, notice_class: NoticeClass = NoticeClass.INFORMATIONAL
) -> None:
    texts = {language: (f"Avis ({language})", "…") for language in ("fr", "ar", "en")}
    async with town.store.unit() as unit:
        await announce(
            unit,
            Audience(AudienceKind.PERSON, str(talker.person_id)),
            texts,
            notice_class=notice_class,
            actor=OPERATOR,
        )
    await town.carry()


async def states(town: Town, talker: Talker) -> dict[Channel, State]:
    """Return what became of the last notice to somebody, by channel."""
    async with town.store.reading() as unit:
        found = await unit.connection.execute(
            deliveries.select()
            .where(deliveries.c.person_id == talker.person_id, deliveries.c.notice_id.is_not(None))
            .order_by(deliveries.c.notice_id)
        )
        return {row.channel: row.state for row in found}


@pytest.mark.parametrize(
    "said",
    [
        "je veux plus de SMS, juste les mails",
        "no more SMS, only email",
        "لا أريد رسائل قصيرة، فقط البريد الإلكتروني",
        "صيفط ليا غير فالإيميل ماشي SMS",
        "bghit ghir lmail machi sms",
    ],
)
async def test_channels_are_chosen_in_every_tongue_and_taken_back(
    town: Town, councillor: Talker, said: str
) -> None:
    before = await asked(town, councillor)
    await councillor.says(said)
    now = await asked(town, councillor)
    assert now.wish(EVERYTHING, Channel.EMAIL).is_wanted
    assert now.wish(EVERYTHING, Channel.SMS).is_wanted is False
    assert now.wish(EVERYTHING, councillor.channel).is_wanted is False
    undo = councillor.screen()[-1].choices[0].label
    await councillor.presses(undo)
    assert await asked(town, councillor) == before


@pytest.mark.parametrize(
    "said",
    [
        "un seul résumé par semaine le lundi matin",
        "one digest a week on monday morning",
        "ملخص واحد في الأسبوع صباح الاثنين",
        "بغيت ملخص واحد فالسيمانة نهار الاثنين فالصباح",
    ],
)
async def test_a_digest_is_asked_for_in_every_tongue(
    town: Town, councillor: Talker, said: str
) -> None:
    await councillor.says(said)
    now = await asked(town, councillor)
    assert (now.wish(EVERYTHING, None).rhythm, now.digest_at, now.digest_on) == MONDAYS


@pytest.mark.parametrize(
    "said",
    [
        "ne m'écrivez pas après 21 h",
        "don't write to me after 9 pm",
        "لا تراسلوني بعد التاسعة ليلا",
        "ما تكتبوش ليا من بعد التسعود د الليل",
    ],
)
async def test_quiet_hours_are_asked_for_in_every_tongue(
    town: Town, councillor: Talker, said: str
) -> None:
    await councillor.says(said)
    assert (await asked(town, councillor)).quiet == NIGHT


@pytest.mark.parametrize("said", ["suis Anfa", "follow Anfa", "تابع أنفا", "بغيت نتبع أنفا"])
async def test_a_body_is_followed_in_every_tongue(
    town: Town, councillor: Talker, said: str
) -> None:
    await councillor.says(said)
    assert (await asked(town, councillor)).followed == (of_body("arr:anfa"),)


@pytest.mark.parametrize("said", ["STOP", "/stop", "توقف", "حبس", "désabonnement"])
async def test_stop_binds_at_once_in_every_tongue_and_start_takes_it_back(
    town: Town, councillor: Talker, said: str
) -> None:
    told = await councillor.says(said)
    assert "⛔" in told
    await announced(town, councillor)
    assert set((await states(town, councillor)).values()) == {State.SUPPRESSED}
    await councillor.says("START")
    await announced(town, councillor)
    assert (await states(town, councillor))[councillor.channel] is State.ACCEPTED


async def test_stop_breaks_off_a_question_that_takes_any_words(
    town: Town, councillor: Talker
) -> None:
    session_id = await town.session()
    await councillor.returns(f"attend:{session_id}:no")
    assert "⛔" in await councillor.says("STOP")
    assert (await asked(town, councillor)).stopped == {None}


async def test_stop_can_be_kept_to_this_channel(town: Town, councillor: Talker) -> None:
    await councillor.says("STOP")
    await councillor.presses("Seulement ici")
    assert (await asked(town, councillor)).stopped == {councillor.channel}
    assert "Seulement" not in await councillor.says("/preferences")


async def test_what_the_law_owes_still_comes_after_stop_and_says_why(
    town: Town, councillor: Talker
) -> None:
    async with town.store.unit() as unit:
        await unit.people.verify(
            councillor.person_id, Channel.EMAIL, "amina@elus.ma", at=town.clock.now()
        )
    await councillor.says("STOP")
    await town.convene(await town.session(state=SessionState.DRAFT, titles=["Budget"]))
    told = await councillor.says("pourquoi ai-je reçu ce message ?")
    assert "vous avez dit STOP" in told
    assert "avis prévu par la loi" in told


async def test_a_notice_held_in_quiet_hours_says_until_when(town: Town, councillor: Talker) -> None:
    await councillor.says("ne m'écrivez pas entre 9 h et 20 h")
    await announced(town, councillor)
    told = await councillor.says("/why")
    assert "heures calmes" in told
    assert "20:00" in told
    town.clock.move_to(datetime(2026, 1, 28, 19, 0, tzinfo=UTC))
    await town.carry()
    assert councillor.messages()[-1].title == "Avis (fr)"


async def test_a_digest_comes_once_at_its_hour_and_says_so(town: Town, councillor: Talker) -> None:
    await councillor.says("un résumé par jour")
    for _ in range(3):
        await announced(town, councillor)
    assert "dans votre résumé" in await councillor.says("/why")
    count = len(councillor.messages())
    town.clock.move_to(datetime(2026, 1, 29, 7, 0, tzinfo=UTC))
    await town.carry()
    await town.carry()
    digest = councillor.messages()[count:]
    assert len(digest) == 1
    assert "3 avis" in digest[0].title.replace("\u2068", "").replace("\u2069", "")
    assert "remis dans un résumé" in await councillor.says("/why")


async def test_who_follows_a_body_is_told_of_its_sessions_and_of_their_end(
    town: Town, councillor: Talker
) -> None:
    await councillor.says("suis Anfa")
    session_id = await town.session("arr:anfa", state=SessionState.DRAFT, titles=["Voirie"])
    await town.convene(session_id)
    news = councillor.messages()[-1]
    assert "Session à venir" in news.title
    assert "Voirie" in news.text
    async with town.store.unit() as unit:
        await cancel(unit, session_id, reason="grève", actor=OPERATOR)
    await town.carry()
    assert "annulée" in councillor.messages()[-1].title.lower() + councillor.messages()[-1].text
    await councillor.says("ne suis plus Anfa")
    assert (await asked(town, councillor)).followed == ()


async def test_a_member_is_not_told_twice_of_their_own_body(town: Town, councillor: Talker) -> None:
    await councillor.says("suis le conseil communal")
    await town.convene(await town.session(state=SessionState.DRAFT, titles=["Budget"]))
    assert "Session à venir" not in councillor.sees()


async def test_preferences_are_shown_with_what_can_be_changed(
    town: Town, councillor: Talker
) -> None:
    told = await councillor.says("/preferences")
    assert "Rythme : au fil de l’eau" in told
    await councillor.presses("Un résumé par jour")
    await councillor.returns("quiet:21:00-07:00")
    told = await councillor.says("mes préférences")
    assert "un résumé par jour, à 08:00" in told
    assert "de 21:00 à 07:00" in told
    await councillor.presses("Plus d’heures calmes")
    await councillor.returns("digest:at_once")
    now = await asked(town, councillor)
    assert (now.quiet, now.wish(EVERYTHING, None).rhythm) == ((), Rhythm.AT_ONCE)


async def test_an_undo_of_long_ago_changes_nothing(town: Town, councillor: Talker) -> None:
    await councillor.says("un résumé par jour")
    await councillor.says("suis Anfa")
    assert "rien n’a été annulé" in await councillor.returns("unprefs:1")
    assert (await asked(town, councillor)).followed


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("/channels", "Quels canaux"),
        ("/digest", "À quel rythme"),
        ("/quiet", "Quand faut-il se taire"),
        ("/follow", "Que souhaitez-vous suivre"),
        ("/unfollow rien", "Que ne souhaitez-vous plus suivre"),
    ],
)
async def test_what_was_left_out_is_asked(councillor: Talker, said: str, question: str) -> None:
    assert question in await councillor.says(said)


async def test_a_preference_that_contradicts_itself_is_asked_about(councillor: Talker) -> None:
    told = await councillor.says("pas de sms, je veux les sms")
    assert "même canal" in told


async def test_a_silence_without_end_is_refused_and_changes_nothing(
    town: Town, councillor: Talker
) -> None:
    assert "aucune minute" in await councillor.returns("quiet:08:00-08:00")
    assert (await asked(town, councillor)).quiet == ()


async def test_a_forged_choice_is_answered_kindly(town: Town, councillor: Talker) -> None:
    for value in ("digest:hourly", "channel:pigeon:yes", "follow:body:x", "quiet:99:99-x"):
        await councillor.returns(value)
    assert await asked(town, councillor) == NOTHING_SAID.wanting(
        EVERYTHING, councillor.channel, is_wanted=True
    )


async def test_strangers_are_asked_to_link_and_told_that_nothing_is_sent(stranger: Talker) -> None:
    assert "aucun avis" in (await stranger.says("STOP")).lower()
    assert await stranger.says("suis Anfa")
    await stranger.does(Heard.PRESS, "unprefs:1")
    assert stranger.sees()


async def test_days_and_a_weekend_can_be_quiet(town: Town, councillor: Talker) -> None:
    await councillor.says("silence le dimanche")
    spans = (await asked(town, councillor)).quiet
    assert [(span.weekday, span.length) for span in spans] == [(6, timedelta(days=1))]
    assert "dimanche" in await councillor.says("/preferences")

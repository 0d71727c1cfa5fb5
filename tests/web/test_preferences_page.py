"""The page of preferences says what will happen, and changes it with the acts of the chats."""

import re
from dataclasses import replace
from datetime import time

import pytest

from actions.people import consenting
from domain.addresses import Channel
from domain.quiet_hours import every_day
from domain.topics import EVERYTHING
from domain.wishes import Preferences, Rhythm
from tests.town import Town
from tests.web.people import AMINA, Browser, announced


async def _asked(town: Town, person_id: int) -> Preferences:
    async with town.store.reading() as unit:
        return (await unit.preferences.of(person_id)).now


async def _sent(reader: Browser, part: str, **filled: str) -> None:
    await reader.opens("/preferences")
    await reader.sends(f"/preferences/{part}", version=reader.value("version"), **filled)


def _fold(html: str, title: str) -> str:
    """Return what stands under a title, opened or not."""
    return html.split(f"<h3>{title}</h3>")[1].split("<details class=", maxsplit=1)[0]


def _sentence(html: str, title: str) -> str:
    """Return what is said of a title before it is opened, as it is read aloud."""
    return _read(_fold(html, title).split("</summary>")[0])


def _because(html: str, title: str, channel: str) -> str:
    """Return what becomes of a topic on a channel, and why, as it is read aloud."""
    on_channel = _fold(html, title).split(f">{channel}</label>")[1]
    return _read(on_channel.split("<select")[0])


def _read(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


async def test_each_topic_says_in_a_sentence_what_really_happens(
    town: Town, reader: Browser
) -> None:
    await reader.opens("/preferences")
    assert _sentence(reader.html, "Annonces") == "Tout de suite, par Telegram"
    because = {on: _because(reader.html, "Annonces", on) for on in ("Telegram", "courriel")}
    assert because["Telegram"].endswith("tout de suite canal que vous avez choisi")
    assert because["courriel"].endswith("non d’autres canaux passent avant")
    assert _sentence(reader.html, "Urgences") == "Tout de suite, par courriel et Telegram"
    await announced(town, "Travaux", "La rue est fermée.")
    assert not town.networks[Channel.EMAIL].told(AMINA)[2:]


async def test_a_choice_in_the_table_is_kept_shown_and_undone(
    town: Town, reader: Browser, amina: int
) -> None:
    await _sent(reader, "table", **{"wish:email:announcements": "daily"})
    assert "Vos préférences sont enregistrées" in reader.html
    assert "Dans votre résumé" in _sentence(reader.html, "Annonces")
    wish = (await _asked(town, amina)).wish("announcements", Channel.EMAIL)
    assert (wish.is_wanted, wish.rhythm) == (True, Rhythm.DAILY)
    await reader.sends("/preferences/undo", version=reader.value("version"))
    assert "announcements" not in {topic for topic, _ in (await _asked(town, amina)).wishes}


async def test_a_form_that_is_sent_as_it_was_shown_changes_nothing(
    town: Town, reader: Browser, amina: int
) -> None:
    async with town.store.unit() as unit:
        await consenting.change(
            unit, amina, lambda now: now.at_rhythm(Rhythm.WEEKLY, "sessions", Channel.EMAIL)
        )
    before = await _asked(town, amina)
    await reader.opens("/preferences")
    shown = re.findall(
        r'<select id="[^"]+" name="(wish:[^"]+)".*?<option value="(\w+)" selected',
        reader.html,
        re.DOTALL,
    )
    assert ("wish:email:sessions", "weekly") in shown
    await _sent(reader, "table", **dict(shown))
    assert await _asked(town, amina) == before


async def test_a_stale_form_is_shown_again_with_what_was_chosen(
    town: Town, reader: Browser, amina: int
) -> None:
    await reader.opens("/preferences")
    version = reader.value("version")
    async with town.store.unit() as unit:
        await consenting.change(
            unit, amina, lambda now: now.wanting(EVERYTHING, Channel.EMAIL, is_wanted=True)
        )
    answer = await reader.sends(
        "/preferences/table", version=version, **{"wish:telegram:reminders": "no"}
    )
    assert answer.status_code == 422
    assert "changées ailleurs" in reader.html
    assert re.search(
        r'name="wish:telegram:reminders".*?value="no" selected', reader.html, re.DOTALL
    )
    assert (await _asked(town, amina)).wish("reminders", Channel.TELEGRAM).is_wanted is None


async def test_the_rhythm_the_hour_and_the_quiet_of_each_day_are_kept(
    town: Town, reader: Browser, amina: int
) -> None:
    await _sent(
        reader, "rhythm", rhythm="weekly", digest_at="18:30", digest_on="4", zone="Europe/Paris"
    )
    await _sent(reader, "quiet", **{"quiet:6:0:from": "20:00", "quiet:6:0:to": "09:00"})
    asked = await _asked(town, amina)
    assert asked.wish(EVERYTHING, None).rhythm is Rhythm.WEEKLY
    assert (asked.digest_at, asked.digest_on, asked.zone) == (time(18, 30), 4, "Europe/Paris")
    (span,) = asked.quiet
    assert (span.weekday, span.starts, span.ends) == (6, time(20), time(9))


async def test_quiet_hours_are_the_same_every_day_save_where_a_day_says_otherwise(
    town: Town, reader: Browser, amina: int
) -> None:
    nightly = {"quiet:every:0:from": "22:00", "quiet:every:0:to": "07:00"}
    await _sent(reader, "quiet", **nightly)
    assert _sentence(reader.html, "Heures calmes") == "Tous les jours, de 22:00 à 07:00"
    assert all(
        f'name="{name}" dir="ltr" value="{at}"' in reader.html for name, at in nightly.items()
    )
    assert (await _asked(town, amina)).quiet == every_day(time(22), time(7))
    late = {"quiet:4:0:from": "23:30", "quiet:4:0:to": "09:00"}
    await _sent(reader, "quiet", **nightly, **late)
    spans = {span.weekday: span.starts for span in (await _asked(town, amina)).quiet}
    assert spans == {day: time(23, 30) if day == 4 else time(22) for day in range(7)}
    assert "vendredi : de 23:30 à 09:00" in _sentence(reader.html, "Heures calmes")


async def test_what_is_wrong_is_told_at_the_top_and_opened_to_be_mended(reader: Browser) -> None:
    await _sent(reader, "rhythm", rhythm="daily", digest_at="", digest_on="0", zone="Mars/Olympus")
    assert '<a href="#rhythm">Donnez l’heure du résumé' in reader.html
    assert '<details class="fold" id="rhythm" open>' in reader.html
    assert 'value="Mars/Olympus"' in reader.html


@pytest.mark.parametrize(
    ("part", "filled", "told"),
    [
        ("quiet", {"quiet:0:0:from": "20:00"}, "le début et la fin"),
        (
            "quiet",
            {f"quiet:{day}:0:{edge}": "08:00" for day in range(7) for edge in ("from", "to")},
            "aucune minute de la semaine",
        ),
        ("rhythm", {"rhythm": "daily", "digest_at": "8 h", "digest_on": "0"}, "l’heure du résumé"),
        (
            "rhythm",
            {"rhythm": "daily", "digest_at": "08:00", "digest_on": "0", "zone": "Mars/Olympus"},
            "Mars/Olympus",
        ),
        ("rhythm", {"rhythm": "hourly", "digest_at": "08:00", "digest_on": "0"}, "n’existe pas"),
    ],
)
async def test_what_cannot_be_is_said_and_changes_nothing(
    town: Town, reader: Browser, amina: int, part: str, filled: dict[str, str], told: str
) -> None:
    before = await _asked(town, amina)
    await _sent(reader, part, **filled)
    assert reader.shown
    assert reader.shown.status_code == 422
    assert told in reader.html
    assert await _asked(town, amina) == before


async def test_wishes_that_contradict_each_other_are_explained(
    town: Town, reader: Browser, amina: int
) -> None:
    async with town.store.unit() as unit:
        await consenting.change(
            unit,
            amina,
            lambda now: replace(
                now.wanting("reminders", Channel.SMS, is_wanted=True)
                .wanting("petitions", None, is_wanted=False)
                .wanting("petitions", Channel.EMAIL, is_wanted=True)
                .at_rhythm(Rhythm.DAILY),
                quiet=every_day(time(7), time(9)),
            ),
        )
    await reader.opens("/preferences")
    assert "« Rappels » par SMS : vous le demandez, mais cela n’arrivera pas" in reader.html
    assert "Le choix du canal l’emporte" in reader.html
    assert "pendant vos heures calmes" in reader.html


async def test_stopping_all_is_one_press_and_so_is_resuming(
    town: Town, reader: Browser, amina: int
) -> None:
    await reader.opens("/preferences")
    await reader.sends("/preferences/pause", pause="stop:all")
    assert _sentence(reader.html, "Annonces") == "Rien"
    assert "vous avez dit STOP" in _because(reader.html, "Annonces", "Telegram")
    assert "Tout est arrêté" in _sentence(reader.html, "Pause")
    assert "adresse déclarée" in reader.html
    await reader.sends("/preferences/pause", pause="start:all")
    assert not (await _asked(town, amina)).stopped


async def test_a_test_goes_where_it_was_asked_for_and_nowhere_else(
    town: Town, reader: Browser
) -> None:
    await reader.opens("/preferences")
    await reader.sends("/preferences/test", channel="email")
    assert "L’essai est parti" in reader.html
    await town.carry()
    assert "ce canal (courriel) fonctionne" in town.networks[Channel.EMAIL].told(AMINA)[-1].text
    refused = await reader.sends("/preferences/test", channel="sms")
    assert refused.status_code == 422


async def test_letters_are_written_in_the_language_chosen(
    town: Town, reader: Browser, amina: int
) -> None:
    await reader.opens("/preferences")
    await reader.sends("/preferences/language", language="ar")
    async with town.store.reading() as unit:
        assert await unit.people.language(amina) == "ar"

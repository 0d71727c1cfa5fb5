import json
from dataclasses import replace
from typing import Any

import pytest

from channels.push.capabilities import PLAIN_BYTES
from channels.push.render import render, topic, urgency, words
from domain.channel import Parcel
from domain.messages import Message
from domain.notices import NoticeClass
from tests.channels.email.samples import ARABIC, CONVENED, ODD, PLAIN, VERY_LONG


def parcel(message: Message, number: int = 7) -> Parcel:
    return Parcel(number, "browser", message)


def shown(message: Message) -> dict[str, Any]:
    written = render(parcel(message))
    assert len(written) <= PLAIN_BYTES
    read: dict[str, Any] = json.loads(written)
    return read


def test_a_message_is_small_json() -> None:
    assert shown(PLAIN) == {
        "title": "Séance du 5 février",
        "body": "La session est ouverte.",
        "language": "fr",
        "direction": "ltr",
        "tag": topic(parcel(PLAIN)),
        "url": "/inbox/about/7",
    }


def test_what_is_seen_before_it_is_sent_is_what_is_sent() -> None:
    for message in (PLAIN, VERY_LONG):
        read = shown(message)
        assert words(message) == f"{read['title']}\n{read['body']}"


def test_arabic_is_written_as_it_is_and_from_the_right() -> None:
    read = shown(ARABIC)
    assert (read["direction"], read["title"]) == ("rtl", "دورة عادية")
    assert "دورة عادية".encode() in render(parcel(ARABIC))


def test_a_message_without_a_title_is_called_by_its_first_line() -> None:
    read = shown(replace(PLAIN, title="", text="Rappel\nDemain à 9 h"))
    assert (read["title"], read["body"]) == ("Rappel", "Demain à 9 h")


@pytest.mark.parametrize(
    "text",
    ["Un alinéa de plus. " * 5000, "لا إله إلا الله " * 3000, "\x01" * 4000, "👩🏽‍🏫 " * 2000],
)
def test_a_long_text_is_cut_to_what_a_push_service_takes(text: str) -> None:
    written = render(parcel(replace(PLAIN, text=text)))
    assert PLAIN_BYTES - 300 < len(written) <= PLAIN_BYTES
    assert json.loads(written)["body"].endswith("…")


def test_a_cut_is_made_between_words() -> None:
    read = shown(VERY_LONG)
    kept = read["body"].removesuffix("…")
    assert VERY_LONG.text.startswith(f"{kept} ")
    assert read["title"].endswith("Long…")


def test_a_text_that_just_fits_is_not_cut() -> None:
    room = PLAIN_BYTES - len(render(parcel(replace(PLAIN, text=""))))
    assert shown(replace(PLAIN, text="x" * room))["body"] == "x" * room
    assert shown(replace(PLAIN, text="x" * (room + 1)))["body"].endswith("…")
    assert shown(replace(PLAIN, text="x" * (room - 3) + "👩"))["body"].endswith("x…")


def test_odd_letters_are_still_json() -> None:
    assert shown(ODD)["body"].startswith("?")


def test_all_that_is_said_of_one_session_replaces_itself() -> None:
    moved = replace(CONVENED, text="La session est déplacée.")
    assert topic(parcel(CONVENED, 1)) == topic(parcel(moved, 2))
    assert topic(parcel(PLAIN, 1)) != topic(parcel(PLAIN, 2))
    assert len(topic(parcel(PLAIN))) == 32
    assert "session" not in topic(parcel(CONVENED))


def test_only_an_emergency_wakes_a_sleeping_telephone() -> None:
    urgencies = {
        notice_class: urgency(replace(parcel(PLAIN), notice_class=notice_class))
        for notice_class in NoticeClass
    }
    assert urgencies == {
        NoticeClass.STATUTORY: "normal",
        NoticeClass.EMERGENCY: "high",
        NoticeClass.INFORMATIONAL: "low",
    }
    assert urgency(parcel(PLAIN)) == "normal"

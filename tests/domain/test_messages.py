from datetime import datetime

import pytest
from hypothesis import given, strategies as st

from domain.conversation import Conversation
from domain.messages import Attachment, CalendarEvent, Choice, EventStatus, Message
from domain.sheets import Blank, FieldKind, Option, Sheet

words = st.text(max_size=20)
choices = st.builds(Choice, words, st.text("abc:1é", max_size=30))
events = st.builds(
    CalendarEvent,
    uid=words,
    sequence=st.integers(0, 9),
    status=st.sampled_from(EventStatus),
    summary=words,
    starts=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)),
    ends=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)),
    zone=st.just("Africa/Casablanca"),
    place=words,
)
blanks = st.builds(
    Blank,
    name=words,
    kind=st.sampled_from(FieldKind),
    label=words,
    question=words,
    longest=st.integers(1, 9),
    options=st.lists(st.builds(Option, words, words), max_size=2).map(tuple),
)
sheets = st.builds(
    Sheet,
    name=words,
    title=words,
    submit=words,
    close=words,
    language=words,
    zone=words,
    blanks=st.lists(blanks, max_size=2).map(tuple),
)
papers = st.builds(Attachment, words, words, words, st.integers(1))
messages = st.builds(
    Message,
    text=words,
    language=st.sampled_from(["fr", "ar", "en", "ary"]),
    title=words,
    choices=st.lists(choices, max_size=3).map(tuple),
    attachments=st.lists(
        st.builds(Attachment, words, words, words, st.integers(1)), max_size=2
    ).map(tuple),
    event=st.none() | events,
    replaces=st.none() | st.text(min_size=1, max_size=5),
    form=st.none() | sheets,
    opens=st.none() | st.text(min_size=1, max_size=5),
)


@given(messages)
def test_a_message_survives_its_keeping(message: Message) -> None:
    assert Message.from_json(message.to_json()) == message


@given(messages)
def test_the_same_content_has_the_same_name(message: Message) -> None:
    assert Message.from_json(message.to_json()).sha256 == message.sha256


@given(
    st.builds(
        Conversation,
        flow=st.none() | words,
        step=st.none() | words,
        facts=st.dictionaries(words, words | st.integers()),
        offered=st.lists(choices, max_size=3).map(tuple),
        language=st.none() | words,
    )
)
def test_a_conversation_survives_its_keeping(conversation: Conversation) -> None:
    assert Conversation.from_json(conversation.to_json()) == conversation


def test_arabic_and_darija_are_read_from_the_right() -> None:
    assert [Message("", language).direction for language in ("ar", "ary", "fr", "en")] == [
        "rtl",
        "rtl",
        "ltr",
        "ltr",
    ]


def test_a_choice_has_room_on_the_narrowest_platform() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        Choice("oui", "é" * 33)

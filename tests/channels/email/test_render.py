import re
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any

from hypothesis import given, settings, strategies as st
from icalendar import Calendar

from channels.email.render import readable
from domain.messages import Attachment, EventStatus, Message
from tests.channels.email.samples import (
    ARABIC,
    ASKING,
    CONVENED,
    FILES,
    KEY,
    NOW,
    ODD,
    PDF,
    PLAIN,
    SESSION,
    VERY_LONG,
    WITH_FILE,
    body,
    parsed,
    read,
    rendered,
)

HEADERS = {
    "to",
    "message-id",
    "date",
    "from",
    "subject",
    "auto-submitted",
    "list-id",
    "content-language",
    "mime-version",
    "content-type",
}


class Page(HTMLParser):
    """What a page says, and the attributes of its elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def calendars(letter: EmailMessage) -> list[Any]:
    """Return the calendars in a letter; their properties are of too many types to say which."""
    kinds = {"text/calendar", "application/ics"}
    parts = [part for part in letter.walk() if part.get_content_type() in kinds]
    return [Calendar.from_ical(part.get_content()) for part in parts]


def test_a_letter_is_in_text_and_in_html_and_says_who_and_what() -> None:
    letter = read(PLAIN)
    assert letter["Subject"] == PLAIN.title
    assert letter["From"] == "Conseil de la commune de Casablanca <conseil@casablanca.test>"
    assert letter["To"] == "a@casablanca.test"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Id"] == "<conseil.casablanca.test>"
    assert letter["Content-Language"] == "fr"
    assert letter["Date"].datetime == NOW
    for kind in ("plain", "html"):
        assert PLAIN.text in body(letter, kind)
        assert PLAIN.title in body(letter, kind)


def test_an_arabic_page_is_read_from_right_to_left() -> None:
    page = Page(body(read(ARABIC), "html"))
    assert ("html", {"lang": "ar", "dir": "rtl"}) in page.elements
    assert "text-align:right" in body(read(ARABIC), "html")
    assert body(read(ARABIC), "plain").startswith("دورة عادية")


def test_a_latin_line_in_an_arabic_page_keeps_its_own_direction() -> None:
    lines = [attributes for tag, attributes in Page(body(read(ARABIC), "html")).elements]
    assert sum(attributes.get("dir") == "auto" for attributes in lines) >= 3


def test_a_page_has_no_colours_of_its_own() -> None:
    page = body(read(PLAIN), "html")
    assert "color:" not in page
    assert 'content="light dark"' in page


def test_what_looks_like_html_is_shown_as_it_was_written() -> None:
    message = replace(PLAIN, text="<script>alert('x')</script> & <b>5 < 6</b>", title="<i>")
    page = Page(body(read(message), "html"))
    assert message.text in page.text
    assert not {"script", "b", "i"} & {tag for tag, _ in page.elements}


def test_links_become_links_without_their_full_stop() -> None:
    page = Page(body(read(replace(PLAIN, text="Voir https://x.test/a?b=1&c=2.")), "html"))
    assert ("a", {"href": "https://x.test/a?b=1&c=2"}) in page.elements


def test_the_same_message_is_the_same_bytes() -> None:
    assert rendered(CONVENED) == rendered(CONVENED)


def test_our_message_id_names_the_delivery_and_nobody_can_guess_it() -> None:
    letter = rendered(PLAIN)
    reference = letter.reference(7, KEY)
    assert re.fullmatch(r"<7\.[\w-]{22}@casablanca\.test>", reference)
    others = {
        letter.reference(8, KEY),
        letter.reference(7, b"another key"),
        rendered(ARABIC).reference(7, KEY),
    }
    assert len({one.partition(".")[2] for one in {reference, *others}}) == 4
    assert parsed(letter.addressed(reference, to="a@b.test", at=NOW))["Message-ID"] == reference


def test_files_arrive_whole_under_their_names() -> None:
    (file,) = read(WITH_FILE).iter_attachments()
    assert file.get_filename() == PDF.name
    assert file.get_content_type() == PDF.media_type
    assert file.get_content() == FILES[PDF.sha256]


def test_a_file_of_a_strange_kind_is_only_bytes() -> None:
    for kind in ("message/rfc822", "multipart/mixed", "x\r\nBcc: a@b.test", ""):
        strange = replace(PDF, media_type=kind, name='a\r\nBcc: x/"y".eml')
        letter = read(replace(WITH_FILE, attachments=(strange,)))
        (file,) = letter.iter_attachments()
        assert file.get_content_type() == "application/octet-stream"
        assert file.get_filename() == "a Bcc: x_'y'.eml"


def test_an_empty_file_is_still_a_file() -> None:
    empty = Attachment("vide.txt", "text/plain", PDF.sha256, 0)
    (file,) = read(replace(WITH_FILE, attachments=(empty,))).iter_attachments()
    assert file.get_filename() == "vide.txt"


def test_a_session_goes_to_the_calendar_in_its_own_zone() -> None:
    alternative, attached = calendars(read(CONVENED))
    assert alternative.to_ical() == attached.to_ical()
    (event,) = alternative.walk("VEVENT")
    assert alternative["METHOD"] == "REQUEST"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (SESSION.uid, 2, "CONFIRMED")
    assert event["DTSTART"].dt.replace(tzinfo=None) == SESSION.starts
    assert event["DTSTART"].params["TZID"] == "Africa/Casablanca"
    assert event["DTSTART"].dt.utcoffset() == timedelta(0)  # Morocco since 2026-09-20
    assert event["LOCATION"] == SESSION.place
    assert alternative.walk("VTIMEZONE")


def test_the_zone_written_into_the_calendar_has_the_new_moroccan_hour() -> None:
    (zone,) = calendars(read(CONVENED))[0].walk("VTIMEZONE")
    last = zone.subcomponents[-1]
    assert last["TZOFFSETTO"].td == timedelta(0)


def test_a_cancelled_session_leaves_the_calendar() -> None:
    cancelled = replace(SESSION, status=EventStatus.CANCELLED, sequence=3)
    letter = read(replace(CONVENED, event=cancelled))
    (event,) = calendars(letter)[0].walk("VEVENT")
    assert calendars(letter)[0]["METHOD"] == "CANCEL"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (SESSION.uid, 3, "CANCELLED")
    kinds = [part["Content-Type"].params.get("method") for part in letter.walk()]
    assert "CANCEL" in kinds


def test_a_letter_that_asks_says_where_to_answer() -> None:
    text = body(read(ASKING, bot_link="https://t.me/casa_bot"), "plain")
    assert "– Je viens\n– Je m’excuse" in text
    assert "https://t.me/casa_bot" in text
    assert "secrétariat" in body(read(ASKING), "plain")


def test_a_letter_without_a_title_is_called_by_its_first_lines() -> None:
    assert read(ASKING)["Subject"] == "Viendrez-vous ?"


def test_a_very_long_letter_arrives_whole() -> None:
    letter = read(VERY_LONG)
    assert VERY_LONG.text.strip() in body(letter, "plain")
    assert len(letter["Subject"]) <= 200


def test_no_title_can_add_a_header() -> None:
    letter = read(ODD)
    assert {name.lower() for name in letter.keys()} == HEADERS  # noqa: SIM118 - one a header, repeats too
    assert letter["Bcc"] is None
    assert letter.defects == []


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters()), title=st.text(st.characters()))
def test_any_text_arrives_as_it_was_written(text: str, title: str) -> None:
    letter = read(Message(text=text, title=title, language="en"))
    assert sorted(name.lower() for name in letter.keys()) == sorted(HEADERS)  # noqa: SIM118 - as above
    assert not any(part.defects for part in letter.walk())
    words = readable(text).split()
    arrived = body(letter, "plain").split()
    assert arrived[len(arrived) - len(words) :] == words

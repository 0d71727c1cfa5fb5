import io
from datetime import UTC, datetime

import pytest

from channels.console.inbound import Keyboard
from channels.console.provider import ConsoleProvider
from channels.console.render import render
from domain.addresses import Channel
from domain.channel import Parcel
from domain.clock import HandClock
from domain.errors import Unreachable
from domain.messages import Attachment, Choice, Heard, Message

NOW = datetime(2027, 1, 20, 9, 30, tzinfo=UTC)


def test_choices_are_numbered_and_files_named_with_their_size() -> None:
    message = Message(
        text="Viendrez-vous ?",
        language="fr",
        title="Séance",
        choices=(Choice("Oui", "yes"), Choice("Non", "no")),
        attachments=(Attachment("ordre.pdf", "application/pdf", "a" * 64, 12_345),),
    )
    assert render(message).splitlines() == [
        "Séance",
        "",
        "Viendrez-vous ?",
        "",
        "  1. Oui",
        "  2. Non",
        "  + ordre.pdf (12\N{NARROW NO-BREAK SPACE}ko)",
    ]


@pytest.mark.parametrize(
    ("size", "shown"), [(0, "0 byte"), (999, "999 byte"), (1_000, "1 kB"), (4_200_000, "4 MB")]
)
def test_sizes_are_in_the_unit_that_reads_best(size: int, shown: str) -> None:
    message = Message(text="", language="en", attachments=(Attachment("f", "", "", size),))
    assert shown in render(message)


def test_arabic_lines_are_isolated_so_that_each_is_ordered_whole() -> None:
    message = Message(text="نظام الدورة\n\n1. Budget", language="ar", title="دورة")
    assert render(message).splitlines() == [
        "\u2067دورة\u2069",
        "",
        "\u2067نظام الدورة\u2069",
        "",
        "\u20671. Budget\u2069",
    ]


def test_no_text_drives_the_terminal() -> None:
    message = Message(text="a\x1b[31mb\x07\x9bc\ud800", title="\x1b]0;x\x07", language="en")
    assert not set(render(message)) & set("\x1b\x07\x9b\ud800")


async def test_a_terminal_that_lacks_letters_shows_question_marks() -> None:
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    await ConsoleProvider(terminal).deliver(Parcel(1, "me", Message("été", language="fr")))
    terminal.seek(0)
    assert terminal.read() == "?t?\n\n"


async def test_a_closed_terminal_is_unreachable() -> None:
    terminal = io.StringIO()
    terminal.close()
    provider = ConsoleProvider(terminal)
    with pytest.raises(Unreachable):
        await provider.deliver(Parcel(1, "me", Message("été", language="fr")))
    with pytest.raises(Unreachable):
        await provider.answer_for_itself()


def test_every_typed_line_is_heard_once_even_when_it_is_typed_twice() -> None:
    keyboard = Keyboard("me", run="a1", clock=HandClock(NOW))
    first, second = keyboard.heard(" agenda \n"), keyboard.heard("agenda")
    assert (first.text, first.kind, first.at) == ("agenda", Heard.TEXT, NOW)
    assert (first.channel, first.address) == (Channel.CONSOLE, "me")
    assert first.update_ref != second.update_ref
    assert Keyboard("me", run="b2", clock=HandClock(NOW)).heard("agenda") != first

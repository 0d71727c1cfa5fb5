"""Pages: what is too long for one message is told in several, and nothing is lost."""

from hypothesis import given, strategies as st

from domain.messages import Attachment, Choice, Message
from domain.paging import MORE, Page, first_page, joined

FILE = Attachment("a.pdf", "application/pdf", "a" * 64, 9)
COME = (Choice("Je viens", "attend:1:yes"), Choice("Je m’excuse", "attend:1:no"))
ROOM = 160
WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=12), max_size=120).map(" ".join)
CHOICES = st.integers(0, 14).map(
    lambda count: tuple(Choice(f"choice number {one}", f"item:{one}") for one in range(count))
)


def fits(message: Message) -> bool:
    """Say whether a message with its numbered choices is short."""
    written = message.title + message.text + "".join(one.label for one in message.choices)
    return len(written) + 4 * len(message.choices) + 20 * len(message.attachments) <= ROOM


def pages(message: Message) -> list[Message]:
    page = first_page(message, fits)
    told = [page.shown]
    while page.rest:
        page = first_page(page.rest, fits)
        told.append(page.shown)
    return told


@given(WORDS, CHOICES, st.sampled_from([(), (FILE,)]))
def test_nothing_is_lost_and_every_page_fits(
    text: str, choices: tuple[Choice, ...], files: tuple[Attachment, ...]
) -> None:
    message = Message(text, "fr", "Title", choices, files)
    told = pages(message)
    assert all(fits(page) for page in told)
    assert " ".join(page.title + " " + page.text for page in told).split() == [
        "Title",
        *text.split(),
    ]
    assert {one for page in told for one in page.choices if one.value != MORE} == set(choices)
    assert sum(len(page.attachments) for page in told) == len(files)
    assert [page.choices[-1:] == (Choice("Suite", MORE),) for page in told[:-1]] == [True] * (
        len(told) - 1
    )


def test_what_is_short_is_one_page() -> None:
    message = Message("Bonjour", "fr", choices=COME, attachments=(FILE,))
    assert first_page(message, fits) == Page(message)


def test_the_answers_stand_on_every_page_and_last_before_more() -> None:
    told = pages(Message("Ordre du jour. " * 30, "fr", choices=COME))
    assert len(told) > 2
    assert all(page.choices[:2] == COME for page in told)


def test_a_page_ends_with_a_line_where_it_can() -> None:
    text = "\n".join(f"{number}. Un point de l’ordre du jour" for number in range(12))
    first, *_ = pages(Message(text, "fr", choices=COME))
    assert first.text.endswith("Un point de l’ordre du jour")


def test_messages_of_one_answer_are_told_as_one() -> None:
    told = joined([Message("Un.", "fr", "Titre"), Message("Deux.", "fr", choices=COME)])
    assert (told.title, told.text, told.choices) == ("", "Titre\nUn.\n\nDeux.", COME)

"""What a message becomes on Telegram."""

from hypothesis import given, settings, strategies as st

from channels.telegram.render import (
    NOTHING,
    AmendText,
    EditText,
    SendDocument,
    SendText,
    Step,
    calls,
    keyboard,
)
from channels.telegram.text import escaped
from domain.messages import Attachment, Choice, Message
from tests.channels.telegram.test_text import ANY_TEXT
from tests.emulators.telegram_markup import shown

LONG = " ".join(f"mot{number} <&>" for number in range(2000))
FILE = Attachment("ordre du jour.pdf", "application/pdf", "ab" * 32, 1000)

CHOICES = st.builds(
    Choice, ANY_TEXT, st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=16)
)
LONG_TEXT = st.builds(lambda text, times: text * times, ANY_TEXT, st.integers(1, 3000))
MESSAGES = st.builds(
    Message,
    text=st.one_of(ANY_TEXT, LONG_TEXT),
    language=st.sampled_from(["fr", "ar", "en"]),
    title=st.one_of(ANY_TEXT, LONG_TEXT),
    choices=st.lists(CHOICES, max_size=120).map(tuple),
    attachments=st.lists(
        st.builds(Attachment, ANY_TEXT, ANY_TEXT, ANY_TEXT, st.just(1)), max_size=3
    ).map(tuple),
    replaces=st.one_of(st.none(), st.just("7:12")),
)


def texts(steps: tuple[Step, ...]) -> list[SendText | EditText | AmendText]:
    return [step for step in steps if not isinstance(step, SendDocument)]


@settings(deadline=None)  # a busy machine renders the longest of them late
@given(MESSAGES)
def test_nothing_that_is_rendered_is_ever_refused(message: Message) -> None:
    steps = calls(message)
    assert steps
    for text in texts(steps):
        assert shown(text.html)
        assert len(text.html.encode("utf-16-le")) // 2 <= 4096
        assert sum(map(len, text.keyboard)) <= 100
        assert all(1 <= len(row) <= 8 for row in text.keyboard)
        for choice in (choice for row in text.keyboard for choice in row):
            assert shown(escaped(choice.label))
            assert 1 <= len(choice.value.encode()) <= 64
    for step in steps:
        if isinstance(step, SendDocument):
            assert step.name.encode()
            assert not {"\n", "\r", "/"} & set(step.name)
            assert not step.caption or len(step.caption.encode("utf-16-le")) // 2 <= 1024


@given(MESSAGES)
def test_no_word_is_lost(message: Message) -> None:
    told = "".join(
        shown(step.caption if isinstance(step, SendDocument) else step.html)
        for step in calls(message)
        if not isinstance(step, SendDocument) or step.caption
    )
    for character in "😀𝄞é&<>":
        assert told.count(character) == (message.title + message.text).count(character)


def test_a_title_is_bold_and_everything_is_escaped() -> None:
    (step,) = calls(Message('Budget < 5 & "co"', "fr", title="Séance <ordinaire>"))
    assert step == SendText('<b>Séance &lt;ordinaire&gt;</b>\n\nBudget &lt; 5 &amp; "co"')


def test_a_long_text_becomes_parts_and_the_last_has_the_buttons() -> None:
    steps = texts(calls(Message(LONG, "fr", choices=(Choice("Oui", "yes"),))))
    assert len(steps) > 5
    assert [bool(step.keyboard) for step in steps] == [False] * (len(steps) - 1) + [True]
    assert " ".join(shown(step.html) for step in steps) == LONG


def test_a_title_too_long_to_be_one_is_told_as_text() -> None:
    steps = texts(calls(Message("suite", "fr", title="T" * 5000)))
    assert "".join(shown(step.html) for step in steps) == "T" * 5000 + "\n\nsuite"
    assert "<b>" not in steps[0].html


def test_a_message_without_anything_to_see_still_shows_its_buttons() -> None:
    (step,) = calls(Message(" \u200b\n", "fr", choices=(Choice("Oui", "yes"),)))
    assert step == SendText(NOTHING, ((Choice("Oui", "yes"),),))


def test_short_labels_stand_side_by_side_and_long_ones_alone() -> None:
    choices = (Choice("Oui", "y"), Choice("Non", "n"), Choice("Je donne un motif d'absence", "m"))
    assert [[choice.value for choice in row] for row in keyboard(choices)] == [["y", "n"], ["m"]]


def test_at_most_eight_buttons_stand_in_a_row_and_a_hundred_in_all() -> None:
    rows = keyboard(tuple(Choice(str(number % 10), str(number)) for number in range(150)))
    assert max(map(len, rows)) == 8
    assert sum(map(len, rows)) == 100


def test_a_choice_without_a_label_shows_its_value() -> None:
    assert keyboard((Choice("\u200b", "yes"),)) == ((Choice("yes", "yes"),),)


def test_a_message_that_replaces_another_edits_it() -> None:
    (step,) = calls(Message("Décidé", "fr", replaces="7:12"))
    assert step == EditText("7:12", "Décidé")


def test_one_document_with_few_words_is_one_call() -> None:
    (step,) = calls(Message("Voici", "fr", title="Ordre du jour", attachments=(FILE,)))
    assert step == SendDocument("ordre du jour.pdf", "ab" * 32, "<b>Ordre du jour</b>\n\nVoici")


def test_documents_follow_a_text_that_has_buttons() -> None:
    steps = calls(Message("Voici", "fr", choices=(Choice("Vu", "seen"),), attachments=(FILE, FILE)))
    assert [type(step) for step in steps] == [SendText, SendDocument, SendDocument]


def test_documents_without_words_go_alone() -> None:
    assert calls(Message("", "fr", attachments=(FILE,))) == (SendDocument(FILE.name, FILE.sha256),)


def test_a_long_file_name_keeps_its_ending() -> None:
    file = Attachment("é" * 300 + ".pdf", "application/pdf", "ab", 1)
    (step,) = calls(Message("", "fr", attachments=(file,)))
    assert isinstance(step, SendDocument)
    assert step.name.endswith("é.pdf")
    assert len(step.name) == 120


def test_an_arabic_message_starts_at_the_right() -> None:
    (step,) = calls(Message("PV 12", "ar", title="2026"))
    assert step == SendText("<b>\u200f2026</b>\n\n\u200fPV 12")


def test_what_was_decided_is_added_to_the_part_that_has_the_buttons_and_nothing_is_sent() -> None:
    message = Message("un mot " * 1000 + "\n\nDécidé.", "fr", amends="7:12", attachments=(FILE,))
    (step,) = calls(message)
    assert isinstance(step, AmendText)
    assert step.message_ref == "7:12"
    assert step.html.endswith("Décidé.")

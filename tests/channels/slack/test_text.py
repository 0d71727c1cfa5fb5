"""How texts are written for Slack and read from it."""

from hypothesis import given, strategies as st

from channels.slack.text import ZERO_WIDTH, mrkdwn, said, weight
from domain.lettering import cleaned, pieces

# Often what is special to Slack.
CHARACTERS = st.text(
    st.one_of(st.characters(codec=None), st.sampled_from("&<>*_~`|@#!: \n\x00\u200f😀\ud800"))
)
SPECIAL = st.sampled_from(["https://a.b/c?d=1&e", "<@U1>", "<!channel>", "<#C1|x>", "&amp;", "*x*"])
ANY_TEXT = st.lists(st.one_of(CHARACTERS, SPECIAL), max_size=8).map("".join)


@given(ANY_TEXT.map(cleaned))
def test_whatever_was_written_is_read_back_and_mentions_nobody(text: str) -> None:
    written = mrkdwn(text)
    assert "<@" not in written
    assert "<!" not in written
    assert "<#" not in written
    assert said(written).replace(ZERO_WIDTH, "") == text.replace(ZERO_WIDTH, "").strip()


@given(ANY_TEXT.map(cleaned))
def test_a_text_takes_no_more_room_than_was_measured(text: str) -> None:
    assert len(mrkdwn(text)) <= weight(text) <= sum(weight(one) for one in text)


@given(ANY_TEXT.map(cleaned), st.integers(10, 200))
def test_pieces_fit_and_join_to_the_text(text: str, room: int) -> None:
    cut = list(pieces(text, room, weight))
    assert "".join(cut) == text
    assert all(len(mrkdwn(piece)) <= room for piece in cut)


def test_marks_between_words_are_disarmed_and_within_words_left() -> None:
    assert mrkdwn("*urgent* _oui_ `ls`") == (
        f"{ZERO_WIDTH}*urgent* {ZERO_WIDTH}_oui_ {ZERO_WIDTH}`ls`"
    )
    assert mrkdwn("nom_de_famille@commune.ma 2*3") == "nom_de_famille@commune.ma 2*3"


def test_addresses_of_pages_become_links() -> None:
    assert mrkdwn("Voir https://commune.ma/odj?a=1&b=2.") == (
        "Voir <https://commune.ma/odj?a=1&amp;b=2>."
    )


def test_what_people_write_is_read_without_slacks_markup() -> None:
    assert said("<@U0BOT> ordre du jour &amp; budget ?") == "ordre du jour & budget ?"
    assert said("<https://commune.ma|commune.ma> <mailto:a@b.ma|a@b.ma>") == "commune.ma a@b.ma"
    assert said("dans <#C1|conseil> <!here>") == "dans #conseil"
    assert said("&lt;b&gt;") == "<b>"

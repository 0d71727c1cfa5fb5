"""How texts are cleaned, measured and cut for Telegram."""

from hypothesis import given, strategies as st

from channels.telegram.text import escaped, units, weight
from domain.lettering import RIGHT_TO_LEFT_MARK, cleaned, directed, is_seen, pieces, shortened
from tests.emulators.telegram_markup import shown

# Every code point, the halves of pairs too, and often what is special to Telegram.
ANY_TEXT = st.text(
    st.one_of(st.characters(codec=None), st.sampled_from("&<>\n \r\t\x00\u200f\u202e𝄞é😀\ud800"))
)
CLEAN_TEXT = ANY_TEXT.map(cleaned)


@given(CLEAN_TEXT, st.integers(10, 200))
def test_pieces_fit_and_join_to_the_text(text: str, room: int) -> None:
    cut = list(pieces(text, room, weight))
    assert "".join(cut) == text
    assert all(units(escaped(piece)) <= room for piece in cut)
    assert all(cut)


@given(ANY_TEXT)
def test_units_are_those_of_utf_16(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(ANY_TEXT)
def test_what_is_cleaned_can_be_encoded_and_cleaning_again_changes_nothing(text: str) -> None:
    once = cleaned(text)
    once.encode()
    assert "\x00" not in once
    assert cleaned(once) == once


@given(ANY_TEXT)
def test_what_is_seen_is_never_refused_as_empty(text: str) -> None:
    text = cleaned(text)
    if is_seen(text):
        assert shown(escaped(text))


@given(st.text("<>&;abtltgmp/b \"'", min_size=1).filter(str.strip))
def test_nothing_a_person_wrote_is_taken_for_markup(text: str) -> None:
    assert shown(escaped(text)) == text.strip()


def test_a_text_is_cut_after_a_paragraph_before_a_line_before_a_word() -> None:
    assert list(pieces("one two\nthree\n\nfour five six", 20, weight)) == [
        "one two\nthree\n\n",
        "four five six",
    ]
    assert list(pieces("one two\nthree four five", 15, weight)) == ["one two\n", "three four five"]
    assert list(pieces("one two three four", 12, weight)) == ["one two ", "three four"]


def test_an_entity_and_a_pair_are_never_cut() -> None:
    assert list(pieces("aaaaaaa&b", 10, weight)) == ["aaaaaaa", "&b"]
    assert list(pieces("aaaaaaaaa😀", 10, weight)) == ["aaaaaaaaa", "😀"]


def test_a_megabyte_is_cut_whole() -> None:
    text = "Délibération <n°> & suite " * 40_000
    assert "".join(pieces(text, 4096, weight)) == text


def test_lines_of_a_right_to_left_message_start_at_the_right() -> None:
    text = directed("الجلسة العادية\nPV 12\n\n2. الميزانية\n14:30", "rtl")
    assert text.split("\n") == [
        "الجلسة العادية",
        RIGHT_TO_LEFT_MARK + "PV 12",
        "",
        "2. الميزانية",
        RIGHT_TO_LEFT_MARK + "14:30",
    ]
    assert directed("PV 12\nالجلسة", "ltr") == "PV 12\nالجلسة"


def test_a_label_is_cut_at_a_word() -> None:
    assert shortened("Commission du budget et des finances", 24) == "Commission du budget…"
    assert shortened("a" * 30, 10) == "a" * 9 + "…"
    assert shortened("short", 10) == "short"

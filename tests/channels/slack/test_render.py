"""What a message becomes in Slack, held to the library's own models of every limit."""

from typing import Any

from hypothesis import given, strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from channels.slack.capabilities import HEADER
from channels.slack.render import NOTHING, Amend, Edit, Post, Step, Upload, home, steps
from domain.lettering import RIGHT_TO_LEFT_MARK
from domain.messages import Attachment, Choice, Message
from tests.channels.slack.test_text import ANY_TEXT

LONG = " ".join(f"mot{number} <&>" for number in range(4000))
FILE = Attachment("ordre du jour.pdf", "application/pdf", "ab" * 32, 1000)
CHOICES = st.builds(
    Choice, ANY_TEXT, st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=16)
)
LONG_TEXT = st.builds(lambda text, times: text * times, st.text(max_size=8), st.integers(1, 3000))
MESSAGES = st.builds(
    Message,
    text=st.one_of(ANY_TEXT, LONG_TEXT),
    language=st.sampled_from(["fr", "ar", "en"]),
    title=st.one_of(ANY_TEXT, LONG_TEXT),
    choices=st.lists(CHOICES, max_size=120).map(tuple),
    attachments=st.lists(
        st.builds(Attachment, ANY_TEXT, ANY_TEXT, ANY_TEXT, st.just(1)), max_size=3
    ).map(tuple),
    replaces=st.one_of(st.none(), st.just("T1:D1:1.2")),
)


def posts(planned: tuple[Step, ...]) -> list[Post]:
    return [
        step.post if isinstance(step, Edit | Amend) else step
        for step in planned
        if not isinstance(step, Upload)
    ]


def told(message: Message) -> str:
    """Return the words of every section, as mrkdwn."""
    return "\n".join(
        block["text"]["text"]
        for post in posts(steps(message))
        for block in post.blocks
        if block["type"] == "section"
    )


def hold_to_the_models(blocks: list[dict[str, Any]]) -> None:
    """Let the library refuse what Slack would."""
    for block in Block.parse_all(list(blocks)):
        assert block is not None
        block.to_dict()


@given(MESSAGES)
def test_nothing_that_is_rendered_is_ever_refused(message: Message) -> None:
    planned = steps(message)
    assert posts(planned)
    for post in posts(planned):
        hold_to_the_models(list(post.blocks))
        assert 1 <= len(post.blocks) <= 50
        assert 1 <= len(post.text) <= 4000
        for block in post.blocks:
            if block["type"] == "section":
                assert 1 <= len(block["text"]["text"].encode("utf-16-le")) // 2 <= 3000
            if block["type"] == "actions":
                ids = [button["action_id"] for button in block["elements"]]
                assert 1 <= len(ids) <= 25
                assert len(set(ids)) == len(ids)
    for step in planned:
        if isinstance(step, Upload):
            assert step.name.encode()
            assert not {"\n", "\r", "/"} & set(step.name)


@given(MESSAGES)
def test_a_home_is_ever_taken(message: Message) -> None:
    view = home(message)
    hold_to_the_models(view["blocks"])
    assert 1 <= len(view["blocks"]) <= 100
    View(**view).to_dict()


def test_a_long_text_is_told_whole_and_the_last_part_asks() -> None:
    message = Message(LONG, "fr", title="Convocation", choices=(Choice("Je viens", "come"),))
    first, *_, last = parts = posts(steps(message))
    assert len(parts) > 2
    assert first.blocks[0]["text"]["text"] == "Convocation"
    assert [block["type"] for block in first.blocks] == ["header", *["section"] * 4]
    assert last.blocks[-1]["elements"][0]["value"] == "come"
    words = told(message).replace("&lt;&amp;&gt;", "<&>").split()
    assert words == LONG.split()


def test_a_title_that_is_too_long_for_a_header_opens_the_text() -> None:
    title = "Délibération " * 20
    assert len(title) > HEADER
    only = posts(steps(Message("Texte.", "fr", title=title)))[0]
    assert [block["type"] for block in only.blocks] == ["section"]
    assert told(Message("Texte.", "fr", title=title)).startswith("Délibération Délibération")


def test_an_edit_takes_the_place_of_what_was_pressed() -> None:
    planned = steps(Message("Noté.", "fr", replaces="T1:D1:1.2", attachments=(FILE,)))
    assert isinstance(planned[0], Edit)
    assert planned[0].message_ref == "T1:D1:1.2"
    assert planned[1] == Upload("ordre du jour.pdf", FILE.sha256)


def test_lines_of_a_right_to_left_message_start_at_the_right() -> None:
    text = told(Message("الجلسة العادية\nPV 12", "ar", title="دورة"))
    assert text == f"الجلسة العادية\n{RIGHT_TO_LEFT_MARK}PV 12"


def test_nothing_to_see_is_shown_as_nothing() -> None:
    only = posts(steps(Message("\u200b", "fr")))[0]
    assert only.text == NOTHING
    assert only.blocks[0]["text"]["text"] == NOTHING

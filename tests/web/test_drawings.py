"""What stands in a page where chats show emoji."""

import re
from pathlib import Path

import pytest

from domain import agenda, decisions, minutes, rolls, sessions
from domain.approvals import states as approvals
from domain.petitions import conditions, states as petitions
from web.drawings import DRAWINGS, drawn

ROOT = Path(__file__).parents[2]
WRITTEN = (*ROOT.glob("web/templates/**/*.html"), *ROOT.glob("domain/phrases/*/*.toml"))
PICTURES = re.compile("[\u2300-\u23ff\u25a1-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
OF_STATES = (
    *(sessions.SESSION_ICONS, sessions.SITTING_ICONS, agenda.ICONS, decisions.ICONS),
    *(approvals.ICONS, minutes.ICONS, petitions.ICONS, conditions.ICONS, rolls.PRESENCE_ICONS),
)


def test_whatever_templates_phrases_and_states_show_has_a_drawing_of_ours() -> None:
    shown = {one for file in WRITTEN for one in PICTURES.findall(file.read_text("utf-8"))}
    shown |= {icon[0] for icons in OF_STATES for icon in icons.values()}
    assert shown - set(DRAWINGS) == set()


def test_a_drawing_takes_the_place_of_its_emoji_and_is_not_read_aloud() -> None:
    html = drawn("<p>✍️ Signer ↩️</p>")
    assert html.count('aria-hidden="true"') == 2
    assert html.count('class="icon turns"') == 1
    assert not {"✍", "↩", "\ufe0f"} & set(html)


@pytest.mark.parametrize(
    "html",
    [
        '<input value="✅ oui" title="⚠️">',
        '<textarea name="text">Bravo ✅</textarea>',
        "<title>🔒 – Casablanca</title>",
        "<option>📎 Rapport</option>",
        "<p>🐈 and → are nobody's icons</p>",
    ],
)
def test_what_may_hold_no_markup_is_left_as_it_is(html: str) -> None:
    assert drawn(html) == html

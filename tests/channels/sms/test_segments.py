"""Segments are counted as Twilio's own calculator counts them."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from channels.sms.segments import GSM_7, GSM_7_TWICE, is_gsm_7, segments
from channels.sms.typography import PLAIN, plain
from domain.folding import folded
from tests.emulators import node

CALCULATOR = Path(node.__file__).parent / "count_segments.mjs"

FRENCH = "Le conseil communal se réunit à l'hôtel de ville, salle des délibérations, le 5 février. "
PLAIN_FRENCH = "Séance du 5 février 2026 à 18:00, salle des délibérations. Répondez 1 ou 2. "
ARABIC = "تعقد الدورة العادية للمجلس يوم الخميس 5 فبراير 2026 على الساعة السادسة مساء. "
VOWELLED = "الْحَمْدُ لِلَّهِ رَبِّ الْعَالَمِينَ "
ENGLISH = (
    "The council meets on Thursday 5 February at 18:00. Reply 1 to come, 2 to excuse yourself. "
)
GOLDEN = {
    "": 1,
    "a" * 160: 1,
    "a" * 161: 2,
    "a" * 306: 2,
    "a" * 307: 3,
    "€" * 80: 1,
    "€" * 81: 2,
    "a" * 152 + "€" * 5: 2,  # an escape is not divided from its letter
    "ç" * 70: 1,
    "ç" * 71: 2,
    "م" * 134: 2,
    "م" * 135: 3,
    "😀" * 35: 1,
    "😀" * 36: 2,
    "a" * 66 + "😀" * 3: 2,  # nor one half of a pair from the other
    "[" * 77 + "a\r\n" * 20: 2,
    PLAIN_FRENCH * 2: 1,
    PLAIN_FRENCH * 3: 2,
    FRENCH: 2,
    FRENCH * 5: 7,
    ARABIC: 2,
    ARABIC * 6: 7,
    VOWELLED * 9: 6,
    ENGLISH * 4: 3,
    "Rendez-vous à 18 h – l’ordre du jour : « budget »": 1,
    "👨‍👩‍👧‍👦" * 12: 2,
}
LETTERS = st.sampled_from(
    sorted(GSM_7 | GSM_7_TWICE)
    + list(FRENCH + ARABIC + VOWELLED + ENGLISH)
    + list("’«»–😀🇲ç\u00a0")
)


def twilios(texts: list[str]) -> list[int]:
    said = subprocess.run(  # noqa: S603 - our own program
        [node.node(), CALCULATOR],
        input=json.dumps(texts).encode(),
        env={"NODE_MODULES": str(node.modules()), "PATH": os.defpath},
        capture_output=True,
        check=True,
    )
    counts: list[int] = json.loads(said.stdout)
    return counts


def test_what_is_known_is_counted_so_by_twilio_and_by_us() -> None:
    assert {text: segments(text) for text in GOLDEN} == GOLDEN
    assert dict(zip(GOLDEN, twilios(list(GOLDEN)), strict=True)) == GOLDEN


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.text(LETTERS, max_size=400), min_size=40, max_size=80))
def test_whatever_is_written_is_counted_as_twilio_counts_it(texts: list[str]) -> None:
    assert [segments(text) for text in texts] == twilios(texts)


@pytest.mark.parametrize("mark", PLAIN)
def test_a_mark_is_written_plainly_where_that_makes_a_text_gsm_7(mark: str) -> None:
    assert is_gsm_7(plain(f"le {mark} mot"))


@pytest.mark.parametrize("text", ["l’ordre du jour: الميزانية", "« 会议 »", "✅"])
def test_a_text_that_stays_ucs_2_is_left_as_it_is(text: str) -> None:
    assert plain(text) == text


@given(st.text(LETTERS))
def test_a_letter_loses_its_accent_at_most(text: str) -> None:
    assert folded(plain(text)) == folded(text.replace("°", "o"))


def test_what_is_said_in_words_needs_no_pictograph() -> None:
    assert plain("✅ Présence confirmée\n📎 Pièce") == "Présence confirmée\nPièce"
    assert plain("✍️ وقعوا 📎 وثيقة") == "وقعوا وثيقة"

"""Which language we speak."""

from dataclasses import replace

from actions.people import consenting
from domain.messages import Choice
from domain.phrasebook import FALLBACK, LANGUAGES
from handlers.turn import Outcome, Slots, Turn
from handlers.understanding.wording import norms

NAMES = {"fr": "Français", "ar": "العربية", "en": "English"}  # each in its own
SPELLED = {
    "fr": "fr français francais french الفرنسية فرنسية بالفرنسية fransawia",
    "ar": "ar arabe arabic العربية عربية بالعربية 3arbia darija الدارجة",
    "en": "en anglais english الإنجليزية انجليزية بالإنجليزية",
}


async def asked(turn: Turn, slots: Slots) -> Outcome:
    """Speak the language named, or ask which."""
    language = _named(str(slots.get("language") or ""))
    if language:
        return await chosen(turn, language)
    choices = [Choice(NAMES[one], f"lang:{one}") for one in LANGUAGES]
    return turn.tell(turn.say("language.which"), choices=choices)


async def chosen(turn: Turn, language: str) -> Outcome:
    """Speak and write this language from now on."""
    if language not in LANGUAGES:
        return await asked(turn, {})
    if turn.person:
        await consenting.choose_language(turn.unit, turn.person, language)
    conversation = replace(turn.conversation, language=language)
    spoken = replace(turn, language=language, conversation=conversation)
    return spoken.settle(spoken.say("language.chosen"), choices=_back(turn.language, language))


def _back(before: str, now: str) -> list[Choice]:
    """Offer the language spoken before, in its own name: whoever erred reads that one."""
    before = FALLBACK.get(before, before)
    return [Choice(f"↩ {NAMES[before]}", f"lang:{before}")] if before != now else []


def _named(said: str) -> str | None:
    words = norms(said)
    for language, spellings in SPELLED.items():
        if words and set(words) & {word for one in spellings.split() for word in norms(one)}:
            return language
    return None

"""What help tells people to write is understood when they write it."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.phrasebook import LANGUAGES, phrasebook
from handlers.understanding import Intent, understood
from tests.handlers.town_bodies import BODIES

QUOTED = re.compile(r"«\s*([^»]+?)\s*»|“([^”]+)”")
HELPED = ("help.stranger", "help.person", "help.member", "help.staff")
EXAMPLES = sorted(
    {
        (language, found[1] or found[2])
        for language in LANGUAGES
        for key in HELPED
        for found in QUOTED.finditer(str(phrasebook().phrase(key, language)))
    }
)


@pytest.mark.parametrize(("language", "said"), EXAMPLES)
def test_what_help_suggests_is_understood(language: str, said: str) -> None:
    now, zone = datetime(2026, 1, 28, 9, 0, tzinfo=UTC), ZoneInfo("Africa/Casablanca")
    meant = understood(said, now=now, zone=zone, language=language, bodies=BODIES)
    assert meant.intent is not Intent.OTHER, meant.alternatives

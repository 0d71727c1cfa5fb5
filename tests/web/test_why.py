"""A letter says why it came to somebody: the body, the function or the subscription it was for."""

import re

import pytest

from actions.notices.announcing import announce
from actions.people import consenting
from domain.actors import OPERATOR
from domain.notices import Audience, AudienceKind
from domain.phrasebook import LANGUAGES
from domain.wishes import Preferences
from store.unit import Unit
from tests.town import Town
from tests.web.people import Browser
from tests.web.test_mailbox_pages import letter_id

FOLLOWED = frozenset({AudienceKind.ASKED, AudienceKind.FOLLOWERS})


async def _follows(unit: Unit, person_id: int, *, is_wanted: bool | None) -> None:
    def changing(now: Preferences) -> Preferences:
        for topic in ("words:écoles", "body:arr:anfa"):
            now = now.wanting(topic, None, is_wanted=is_wanted)
        return now

    await consenting.change(unit, person_id, changing)


@pytest.mark.parametrize(
    ("audience", "because"),
    [
        (Audience(AudienceKind.BODY, "council"), "aux membres en fonction : Conseil"),
        (Audience(AudienceKind.ASKED, "words:écoles"), "écoles"),
        (Audience(AudienceKind.FOLLOWERS, "arr:anfa"), "Sujet suivi : "),
        (Audience(AudienceKind.EVERYONE), "toutes les personnes inscrites"),
    ],
    ids=lambda one: one.kind if isinstance(one, Audience) else "",
)
async def test_a_letter_says_what_made_it_theirs(
    town: Town, reader: Browser, amina: int, audience: Audience, because: str
) -> None:
    async with town.store.unit() as unit:
        await _follows(unit, amina, is_wanted=True)
        await announce(unit, audience, dict.fromkeys(LANGUAGES, ("Travaux", "Rue")), actor=OPERATOR)
    await town.carry()
    path = f"/inbox/{await letter_id(town, amina)}/why"
    await reader.opens(path)
    assert because in reader.html
    assert not re.search(r"\d\d:\d\d:\d\d", reader.html)  # as people write moments
    async with town.store.unit() as unit:
        await _follows(unit, amina, is_wanted=None)
    await reader.opens(path)
    assert ("il ne l’est plus" in reader.html) == (audience.kind in FOLLOWED)

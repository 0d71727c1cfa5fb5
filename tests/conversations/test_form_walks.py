"""Whatever is said to a form, in whatever order: nothing that was answered is lost."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from domain.addresses import Channel
from domain.drafts import holders
from domain.messages import Heard
from domain.request_forms import MESSAGE
from tests.conversations.conftest import Ground
from tests.town import Talker, Town, town_in

RESUMING = "form:message"
SAYINGS = st.sampled_from(
    [
        *("Parc", "La rue est noire", "passer", "retour", "plus tard", "corriger", "aide", "1"),
        *("bonjour", "/agenda", "oui", "non", "👩‍👩‍👧", "{text}", "merci", "x" * 4000, RESUMING),
    ]
)


async def held(talker: Talker) -> dict[str, str]:
    """Return what the open draft of whoever speaks holds."""
    async with talker.town.store.unit() as unit:
        draft = await unit.drafts.of(holders(None, talker.channel, talker.address), MESSAGE.name)
    return dict(draft.answers) if draft and draft.is_open else {}


def walker(town: Town) -> Talker:
    return Talker(town, Channel.TELEGRAM, "walker")


@given(walk=st.lists(SAYINGS, max_size=8))
@settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_no_walk_through_a_form_loses_an_answer_or_the_way_out(
    ground: Ground, walk: list[str]
) -> None:
    ground.put_back()
    before: set[str] = set()
    for turn, saying in enumerate(["/human", *walk, RESUMING, "annuler"]):
        async with town_in(ground.store, ground.clock) as town:  # started for this turn alone
            talker = walker(await town.found_before())
            kind = Heard.PRESS if saying == RESUMING else Heard.TEXT
            await talker.does(kind, saying, update_ref=f"walk-{turn}")
            said, after = talker.sees(), set(await held(talker))
        assert said
        assert "de notre côté" not in said
        assert before <= after or "REQ-" in said or saying == "annuler"
        before = after
    assert before == set()


@pytest.mark.parametrize("words", ["annuler", "cancel", "إلغاء", "lghi"])
async def test_every_tongue_has_a_word_for_the_way_out(stranger: Talker, words: str) -> None:
    await stranger.says("/human")
    await stranger.says(words)
    assert await held(stranger) == {}
    assert stranger.offered() == ["Finalement, je continue"]

"""Whatever people say and press, in whatever order: there is an answer and a way on, and no secret
is told. Every turn is taken by a new engine, as after a restart."""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from structlog.testing import capture_logs

from bot.engine import Engine
from domain.addresses import Channel
from domain.conversation import Conversation
from domain.messages import OPENS, Choice, Heard, Thing
from domain.sessions import AgendaState, SessionState
from tests.town import Talker, Town

STEPS = 12
SECRETS = ("Amina", "Contentieux", "Brouillon", "fièvre")
SAID = (
    "/start",
    "/start s_1",
    "/start attend_1",
    "/start inbox",
    "/agenda",
    "/next",
    "/item 2",
    "/documents",
    "/come",
    "/excuse",
    "fièvre",
    "oui",
    "non",
    "2",
    "rappelle-moi deux jours avant à 9 h 30",
    "mes rappels",
    "/preferences",
    "pas de message la nuit",
    "suivre la commission du budget",
    "/inbox",
    "pourquoi ce message ?",
    "/link",
    "AAAA-BBBB-CCCC",
    "/unlink",
    "je veux poser une question écrite",
    "déposer une pétition",
    "parler à quelqu’un",
    "le 30 février",
    "ما هو جدول الأعمال؟",
    "l'ordre du jour d'Anfa vendredi",
    "qsdfghjk",
    "👩‍👩‍👧‍👦",
    "/language",
    "retour",
    "passer",
)
DOINGS = st.one_of(
    st.tuples(st.just(Heard.TEXT), st.integers(0, len(SAID) - 1)),
    st.tuples(st.just(Heard.PRESS), st.integers(0, 500)),
    st.tuples(st.just(Heard.EDITED), st.integers(0, len(SAID) - 1)),
    st.tuples(st.just(Heard.OTHER), st.integers(0, len(Thing) - 1)),
)
WALKS = st.lists(st.tuples(st.booleans(), DOINGS), min_size=STEPS, max_size=STEPS)


@dataclass
class Walk:
    """Somebody known and somebody unknown, and all the buttons that were ever shown to either."""

    town: Town
    known: Talker
    unknown: Talker
    buttons: list[Choice] = field(default_factory=list)

    async def step(self, talker: Talker, kind: Heard, at: int) -> None:
        """Do one thing by a new engine, and see that it was answered as it should."""
        self.town.engine = Engine(self.town.store, self.town.clock)
        if kind is Heard.PRESS and self.buttons:
            value = self.buttons[at % len(self.buttons)].value
            await self._do(talker, kind, text=value, message_ref=_last(talker))
        elif kind is Heard.OTHER:
            await self._do(talker, kind, thing=list(Thing)[at])
        else:
            forwarded = kind is Heard.TEXT and at % 5 == 0
            kind = Heard.TEXT if kind is Heard.PRESS else kind
            text = SAID[at % len(SAID)]
            await self._do(talker, kind, text=text, own_ref="said", is_forwarded=forwarded)

    async def _do(self, talker: Talker, kind: Heard, **fields: object) -> None:
        before = len(talker.messages())
        incoming = replace(talker.incoming(kind), **fields)  # type: ignore[arg-type]  # of an Incoming
        await self.town.engine.hear(incoming)
        await self.town.carry()
        told = talker.messages()[before:]
        assert told, "no answer"
        assert all(one.text.strip() for one in told)
        for message in told:
            self.buttons += [one for one in message.choices if not one.value.startswith(OPENS)]
        if talker is self.unknown:
            words = " ".join(f"{one.title} {one.text}" for one in told)
            words += " ".join(choice.label for one in told for choice in one.choices)
            assert not [secret for secret in SECRETS if secret in words]

    async def standing(self, talker: Talker) -> Conversation:
        async with self.town.store.unit() as unit:
            return await unit.conversations.at(talker.channel, talker.address)


def _last(talker: Talker) -> str | None:
    return talker.last_ref() if talker.messages() else None


@pytest.fixture
async def busy(town: Town) -> Town:
    """A town with a session that has a secret item, one that is a draft, and one convened."""
    session_id = await town.session(titles=["Voirie", "Contentieux"])
    await town.change_item(replace(await town.item(session_id, "2"), is_public=False))
    await town.session("com:budget", titles=["Brouillon"], state=SessionState.DRAFT)
    await town.session("arr:anfa", agenda=AgendaState.DRAFTED)
    return town


@given(WALKS)
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_nobody_who_wanders_is_left_without_an_answer_or_told_a_secret(
    busy: Town, doings: list[tuple[bool, tuple[Heard, int]]]
) -> None:
    known = await busy.resident("Amina", seats=["council", "com:budget"], on=Channel.TELEGRAM)
    unknown = busy.stranger("passer-by")
    unknown.device_language = "fr"
    walk = Walk(busy, known, unknown)
    with capture_logs() as logs:
        for is_known, (kind, at) in doings:
            await walk.step(known if is_known else unknown, kind, at)
        for talker in (known, unknown):
            await talker.says("/cancel")
            assert (await walk.standing(talker)).flow is None
            await talker.says("/help")
            assert talker.offered()
    assert not [log for log in logs if log["log_level"] == "error"]

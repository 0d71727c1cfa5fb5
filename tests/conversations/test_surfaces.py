"""Every flow on every surface: what is pressed on one is a number on another, and as good."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from channels.sms.render import Manner, text
from channels.sms.segments import segments
from domain.addresses import Channel
from domain.clock import HandClock
from domain.messages import Heard
from domain.sessions import SessionState
from tests.conversations.conftest import Ground
from tests.town import CARRIED, Talker, Town, town_in

SURFACES = (Channel.CONSOLE, Channel.TELEGRAM, Channel.SLACK, Channel.SMS, Channel.WHATSAPP)
CODE = "{code}"  # stands for the code that links somebody
PLAIN = Manner(is_plain=True)


@dataclass(frozen=True, slots=True)
class Says:
    words: str
    answer: str


@dataclass(frozen=True, slots=True)
class Presses:
    label: str
    answer: str


@dataclass(frozen=True, slots=True)
class Does:
    kind: Heard
    answer: str


Step = Says | Presses | Does


@dataclass(frozen=True, slots=True)
class Flow:
    """What is said and pressed, and what each is answered.

    `parts`: of how many SMS the longest of these screens may consist, in French.
    """

    steps: tuple[Step, ...]
    parts: int = 3
    is_known: bool = True


FLOWS = {
    "agenda": Flow((Says("/agenda", "1. Voirie"), Presses("N° 1", "inscrit")), parts=4),
    "item": Flow((Says("le point 1", "1. Voirie"),)),
    "document": Flow((Says("/docs", "Rapport"), Presses("Ordre", "1. Voirie")), parts=4),
    "session": Flow((Says("/next", "5 février 2026"), Presses("Ordre", "1. Voirie")), parts=4),
    "attend": Flow((Says("/come", "Vous viendrez"), Presses("Oui", "Présence confirmée"))),
    "excuse": Flow(
        (
            Says("/excuse", "motif"),
            Says("grippe", "Vous serez absent"),
            Presses("Oui", "Excuse transmise"),
            Presses("Finalement", "Vous viendrez"),
            Presses("Non", "rien n’a été changé"),
        )
    ),
    "remind": Flow(
        (
            Says("rappelle-moi deux heures avant", "5 février 2026 à 16:00"),
            Says("mes rappels", "Vos rappels"),
            Presses("Annuler", "1 rappel annulé"),
        )
    ),
    "inbox": Flow(
        (
            Says("/inbox", "Convocation"),
            Presses("Convocation", "1. Voirie"),
            Presses("Archiver", "archivée"),
            Presses("Annuler", "Convocation"),
        ),
        parts=8,
    ),
    "language": Flow(
        (
            Says("/language", "Which language"),
            Presses("English", "We speak English"),
            Says("/next", "5 February 2026"),
        )
    ),
    "link": Flow((Says(f"/start {CODE}", "Bienvenue"), Says("/inbox", "boîte")), is_known=False),
    "why": Flow((Says("pourquoi ai-je reçu ce message ?", "Convocation"),), parts=5),
    "help": Flow((Says("/help", "/agenda"), Presses("Prochaine", "5 février 2026")), parts=9),
    "preferences": Flow(
        (
            Says("/preferences", "au fil de l’eau"),
            Presses("résumé par jour", "un résumé par jour"),
            Presses("Annuler", "annulé"),
        ),
        parts=4,
    ),
    "subscribe": Flow(
        (
            Says("abonne-moi à la commission du budget", "Commission du budget"),
            Presses("Annuler", "annulé"),
        ),
        parts=4,
    ),
    "stop": Flow((Does(Heard.STOP, "START"), Does(Heard.START, "reprennent"))),
}


@pytest.fixture
async def town(ground: Ground, clock: HandClock) -> AsyncIterator[Town]:
    """Build the town with telephones, too."""
    everywhere = tuple(dict.fromkeys([*CARRIED, *SURFACES]))
    async with town_in(ground.store, clock, carried=everywhere) as town:
        yield await town.found_before()


@pytest.mark.parametrize("channel", SURFACES, ids=str)
@pytest.mark.parametrize("name", FLOWS)
async def test_every_flow_goes_as_well_on_every_surface(
    town: Town, name: str, channel: Channel
) -> None:
    flow = FLOWS[name]
    amina, code = await _somebody(town, flow, channel)
    longest = 0
    for step in flow.steps:
        assert step.answer in await _taken(amina, step, code)
        parts = [segments(text(message, PLAIN)) for message in amina.screen()]
        longest = max(longest, *parts)
    assert longest <= flow.parts or channel is not Channel.SMS


async def _somebody(town: Town, flow: Flow, channel: Channel) -> tuple[Talker, str]:
    """Return a member who was convened, and the code that links them where they are not known."""
    amina = await town.resident(
        "Amina", seats=["council"], on=channel if flow.is_known else Channel.EMAIL
    )
    session_id = await town.session(state=SessionState.DRAFT, titles=["Voirie", "Budget"])
    await town.document(session_id, "Rapport")
    await town.convene(session_id)
    if flow.is_known:
        return amina, ""
    return town.stranger(on=channel), await town.code_for(amina)


async def _taken(talker: Talker, step: Step, code: str) -> str:
    match step:
        case Says(words):
            return await talker.says(words.replace(CODE, code))
        case Presses(label):
            return await talker.presses(label)
        case Does(kind):
            await talker.does(kind)
            return talker.sees()

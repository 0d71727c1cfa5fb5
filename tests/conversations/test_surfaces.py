"""Every flow on every surface: what is pressed on one is a number on another, and as good."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from channels.sms.render import is_short, text
from domain.addresses import Channel
from domain.bodies import Role
from domain.clock import HandClock
from domain.messages import Choice, Heard
from domain.paging import MORE
from domain.sessions import SessionState
from tests.conversations.conftest import Ground
from tests.town import CARRIED, PLAIN, Talker, Town, plain, town_in

SURFACES = (
    Channel.CONSOLE,
    Channel.TELEGRAM,
    Channel.SLACK,
    Channel.SMS,
    Channel.WHATSAPP,
    Channel.WEB,
)
CODE = "{code}"  # stands for the code that links somebody


@dataclass(frozen=True, slots=True)
class Says:
    """`elsewhere`: the same in other languages, where it is not a command."""

    words: str
    answer: str
    elsewhere: Mapping[str, str] = field(default_factory=dict)


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
    """What is said and pressed, and what each is answered in French."""

    steps: tuple[Step, ...]
    is_known: bool = True
    role: Role = Role.MEMBER


FLOWS = {
    "agenda": Flow((Says("/agenda", "1. Voirie"), Presses("N° 1", "inscrit"))),
    "item": Flow((Says("/item 1", "1. Voirie"),)),
    "document": Flow((Says("/docs", "Rapport"), Presses("Ordre", "1. Voirie"))),
    "session": Flow((Says("/next", "5 février 2026"), Presses("Ordre", "1. Voirie"))),
    "attend": Flow((Says("/come", "Vous viendrez"), Presses("Oui", "Présence confirmée"))),
    "excuse": Flow(
        (
            Says("/excuse", "motif"),
            Says("grippe", "Vous serez absent", {"en": "I have the flu", "ar": "أنا مريض"}),
            Presses("Oui", "Excuse transmise"),
            Presses("Finalement", "Vous viendrez"),
            Presses("Non", "rien n’a été changé"),
        )
    ),
    "remind": Flow(
        (
            Says(
                "rappelle-moi deux heures avant",
                "5 février 2026 à 16:00",
                {"en": "remind me two hours before", "ar": "ذكرني قبل ساعتين"},
            ),
            Says("/reminders", "Vos rappels"),
            Presses("Annuler", "1 rappel annulé"),
        )
    ),
    "inbox": Flow(
        (
            Says("/inbox", "Convocation"),
            Presses("Convocation", "1. Voirie"),
            Presses("Archiver", "archivée"),
            Presses("Annuler", "Convocation"),
        )
    ),
    "language": Flow(
        (
            Says("/language", "Which language"),
            Presses("English", "We speak English"),
            Says("/next", "5 February 2026"),
        )
    ),
    "link": Flow((Says(f"/start {CODE}", "Bienvenue"), Says("/inbox", "boîte")), is_known=False),
    "unlink": Flow(
        (Says("/unlink", "?"), Presses("Oui", "n’est plus"), Says("/inbox", "qui vous êtes"))
    ),
    "why": Flow((Says("/why", "Convocation"),)),
    "help": Flow((Says("/help", "/agenda"), Presses("Prochaine", "5 février 2026"))),
    "preferences": Flow(
        (
            Says("/preferences", "au fil de l’eau"),
            Presses("résumé par jour", "un résumé par jour"),
            Presses("Annuler", "annulé"),
        )
    ),
    "subscribe": Flow(
        (
            Says("/follow com:budget", "Commission du budget"),
            Presses("Annuler", "annulé"),
        )
    ),
    "stop": Flow((Does(Heard.STOP, "START"), Does(Heard.START, "reprennent"))),
    "message": Flow(
        (
            Says("/human", "(1/3)"),
            Says("Mon quartier", "(2/3)"),
            Says("La rue est noire.", "(3/3)"),
            Presses("Passer", "Mon quartier"),
            Presses("Envoyer", "REQ-2026-1"),
        ),
        is_known=False,
    ),
    "question": Flow(
        (
            Says("/question", "À qui s’adresse"),
            Presses("Présidence", "l’objet"),
            Says("Éclairage", "le texte"),
            Says("Quand sera-t-il rétabli ?", "un document"),
            Presses("Passer", "Éclairage"),
            Presses("Envoyer", "REQ-2026-1"),
        )
    ),
    "audience": Flow(
        (
            Says("/audience", "rencontrer"),
            Presses("cabinet", "À quel sujet"),
            Says("Le marché", "jour"),
            Says("2026-02-09", "joindre"),
            Presses("Passer", "Le marché"),
            Presses("Envoyer", "REQ-2026-1"),
        )
    ),
    "reschedule": Flow(
        (
            Says(
                "déplace la session au 6 février 2026 à 19:00",
                "vendredi 6 février 2026 à 19:00",
                {
                    "en": "move the session to 6 February 2026 at 19:00",
                    "ar": "أجلوا الدورة إلى 6 فبراير 2026 على الساعة 19:00",
                },
            ),
            Presses("Oui", "déplacée"),
        ),
        role=Role.PRESIDENT,
    ),
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
    [(amina, code)] = await _people(town, flow, channel, ["fr"])
    for step in flow.steps:
        await _taken(amina, step, code)


@pytest.mark.parametrize("name", FLOWS)
async def test_every_screen_is_a_few_sms_in_every_language(town: Town, name: str) -> None:
    flow, languages = FLOWS[name], ["fr", "en", "ar"]
    [(first, code), *others] = await _people(town, flow, Channel.SMS, languages)
    for step in flow.steps:
        place = await _taken(first, step, code)
        for (talker, code), language in zip(others, languages[1:], strict=True):
            await _repeated(talker, step, code, language, place)
    written = [
        text(one, PLAIN) for talker, _ in [(first, ""), *others] for one in talker.messages()
    ]
    assert [one for one in written if not is_short(one)] == []


async def _people(
    town: Town, flow: Flow, channel: Channel, languages: Sequence[str]
) -> list[tuple[Talker, str]]:
    """Return members who were convened, and the codes that link them where they are not known."""
    residents = [
        await town.resident(
            f"Amina {language}",
            language,
            seats=["council"],
            role=flow.role,
            on=channel if flow.is_known else Channel.EMAIL,
        )
        for language in languages
    ]
    session_id = await town.session(state=SessionState.DRAFT, titles=["Voirie", "Budget"])
    await town.document(session_id, "Rapport")
    await town.convene(session_id)
    if flow.is_known:
        return [(one, "") for one in residents]
    return [(town.stranger(on=channel), await town.code_for(one)) for one in residents]


async def _taken(talker: Talker, step: Step, code: str) -> int:
    """Take a step and read on until it is answered; return in which place what is pressed stood."""
    place, said = 0, ""
    match step:
        case Says(words):
            said = await talker.says(words.replace(CODE, code))
        case Presses(label):
            place = await _pressed(talker, lambda _, choice: label in plain(choice))
            said = talker.sees()
        case Does(kind):
            await talker.does(kind)
            said = talker.sees()
    while step.answer not in said and _goes_on(talker):
        said = await talker.says("suite")
    assert step.answer in said
    return place


async def _repeated(talker: Talker, step: Step, code: str, language: str, place: int) -> None:
    """Take the same step in another language."""
    match step:
        case Says(words, elsewhere=elsewhere):
            await talker.says(elsewhere.get(language, words).replace(CODE, code))
        case Presses():
            await _pressed(talker, lambda number, _: number == place)
        case Does(kind):
            await talker.does(kind)
    assert talker.screen()


async def _pressed(talker: Talker, is_meant: Callable[[int, Choice], bool]) -> int:
    """Press a choice, by the page it is on, and return in which place it stands among all."""
    seen: dict[str, int] = {}
    while True:
        for choice in talker.screen()[-1].choices:
            place = seen.setdefault(choice.value, len(seen))
            if not choice.value.startswith(MORE) and is_meant(place, choice):
                await talker.presses(choice.label)
                return place
        assert _goes_on(talker), f"never offered; was {list(seen)}"
        await talker.says("suite")


def _goes_on(talker: Talker) -> bool:
    return any(choice.value.startswith(MORE) for choice in talker.screen()[-1].choices)

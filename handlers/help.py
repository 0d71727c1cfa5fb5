"""What can be asked here: by who asks; greetings, thanks, and where else to turn."""

from domain.messages import Choice
from domain.rights import Act, may
from handlers.forms import open_forms
from handlers.menus import Standing, commands, standing
from handlers.tokens import token
from handlers.turn import Outcome, Slots, Turn
from handlers.understanding import Intent

EVERYBODY = (Intent.AGENDA_QUERY, Intent.SESSION_NEXT)
ACQUAINTED = (Intent.REMINDER_LIST, Intent.INBOX)
STRANGERS = (Intent.PETITION_LIST, Intent.LINK)
# What is only for those who hold an office here, and what is only for staff: never offered others.
OF_OFFICE = frozenset(
    {
        Intent.ATTENDANCE_CONFIRM,
        Intent.ATTENDANCE_EXCUSE,
        Intent.QUESTION_SUBMIT,
        Intent.ITEM_PROPOSE,
        Intent.SESSION_MINE,
        Intent.PETITION_DECIDE,
        Intent.APPROVAL_LIST,
        Intent.APPROVAL_APPROVE,
        Intent.APPROVAL_REJECT,
        Intent.APPROVAL_CHANGES,
        Intent.APPROVAL_STATUS,
        Intent.APPROVAL_HISTORY,
        Intent.PRESS_REVIEW_GET,
        Intent.EDITORIAL_QUERY,
    }
)
OF_STAFF = frozenset(
    {
        Intent.SESSION_RESCHEDULE,
        Intent.SESSION_PLAN,
        Intent.SESSION_PREPARE,
        Intent.SESSION_CONVENE,
        Intent.SESSION_CANCEL,
        Intent.DUTY_LIST,
        Intent.APPROVAL_REQUEST,
        Intent.MEDIA_LOG,
        Intent.MAIL_REGISTER,
    }
)
# Where a commune's law sends complaints: Morocco's national portal (decree 2.17.265).
COMPLAINT_DOORS = {"ma": "www.chikaya.ma"}


async def asked(turn: Turn, _slots: Slots) -> Outcome:
    return turn.tell(sayable(turn), choices=[*await open_forms(turn), *menu(turn)])


async def pressed(turn: Turn) -> Outcome:
    return await asked(turn, {})


async def greeted(turn: Turn, _slots: Slots) -> Outcome:
    name = turn.person.name if turn.person else ""
    hello = turn.say("help.hello", name=name) if name else turn.say("help.hello_stranger")
    return turn.tell(
        f"{hello}\n{turn.say('help.offer', commune=commune(turn))}",
        choices=[*await open_forms(turn), *menu(turn)],
    )


async def thanked(turn: Turn, _slots: Slots) -> Outcome:
    return turn.tell(turn.say("help.welcome"))


async def complained(turn: Turn, _slots: Slots) -> Outcome:
    """Point to where complaints about streets and services are taken."""
    door = COMPLAINT_DOORS.get(turn.commune.tenant.rule_pack)
    text = turn.say("help.complaint_door", door=door) if door else turn.say("help.complaint")
    return turn.tell(text, choices=menu(turn))


async def out_of_scope(turn: Turn, _slots: Slots) -> Outcome:
    return turn.tell(turn.say("help.elsewhere", commune=commune(turn)), choices=menu(turn))


async def wordless(turn: Turn) -> Outcome:
    """Answer a sticker or a voice note: only words are read here. A question that is open stays."""
    thing = turn.incoming.thing
    text = turn.say(f"wordless.{thing}" if thing else "help.wordless")
    if turn.conversation.flow:
        return turn.beside(f"{text}\n{turn.say('wordless.still_open')}")
    return turn.tell(text, choices=menu(turn))


def menu(turn: Turn) -> list[Choice]:
    """Return what is most asked for, by who asks."""
    intents = [*EVERYBODY, *(ACQUAINTED if turn.person else STRANGERS)]
    if turn.person and turn.person.seats:
        intents.append(Intent.ATTENDANCE_CONFIRM)
    if any(may(turn.actor, Act.RECORD, body) for body in turn.commune.bodies.values()):
        intents.append(Intent.DUTY_LIST)
    return [offered(turn, intent) for intent in (*intents, Intent.PREFS_LANGUAGE)]


def sayable(turn: Turn) -> str:
    """Say what can be said here, by who asks."""
    return _with_commands(turn, f"help.{standing(turn.person)}", standing(turn.person))


def sayable_in_a_group(turn: Turn) -> str:
    return _with_commands(turn, "group.help", Standing.GROUP)


def _with_commands(turn: Turn, key: str, of: Standing) -> str:
    words = " ".join(f"/{command}" for command in commands(of, turn.language))
    return f"{turn.say(key, commune=commune(turn))}\n{words}"


def offered(turn: Turn, intent: Intent, slots: Slots | None = None) -> Choice:
    """Return the choice to mean this."""
    return turn.choice(f"menu.{intent.replace('.', '_')}", token(intent, slots or {}))


def is_offered(turn: Turn, intent: Intent) -> bool:
    """Say whether to offer an intent as a guess to whoever speaks."""
    if intent in OF_STAFF:
        return turn.person is not None and turn.person.is_staff
    holds_office = turn.person is not None and bool(turn.person.memberships)
    return holds_office or intent not in OF_OFFICE


def commune(turn: Turn) -> str:
    names = turn.commune.tenant.names
    language = "ar" if turn.language == "ary" else turn.language
    return names.get(language) or next(iter(names.values()), turn.commune.tenant.slug)

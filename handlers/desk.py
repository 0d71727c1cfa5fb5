"""The desk: one page with what is somebody's to see and to do now, section by section."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from domain.attendance import Answer
from domain.letters import Drawer
from domain.messages import Message, Section
from handlers import approvals, duties, help, inbox, match, petition_desk, session, telling
from handlers.finding import Held, ahead, by_session
from handlers.tokens import token
from handlers.turn import Outcome, Turn
from handlers.understanding import Intent

MOST_SESSIONS = 5
MOST_LETTERS = 5
LETTERS_READ = 20  # letters looked through for those that wait
ANSWERED = {Answer.CONFIRMED: "desk.coming", Answer.EXCUSED: "desk.excused"}

Build = Callable[[Turn], Awaitable[Sequence[Section]]]


async def shown(turn: Turn) -> Outcome:
    """Show the whole desk, and leave nothing open."""
    return turn.told(_page(turn, await sections(turn)))


async def laid_out(turn: Turn, outcome: Outcome) -> Outcome:
    """Return the page for what was answered at a desk: above all else, the desk as it is now.

    A question stands alone, with the way back: it is to be answered first.
    """
    if any(message.sections for message in outcome.messages):
        return outcome
    turn = await _as_now(turn, outcome)
    answer = [part for message in outcome.messages for part in _parts(message)]
    if outcome.conversation.flow:
        page = [*answer, Section("", choices=(turn.choice("desk.back", "desk"),))]
    else:
        page = [*answer, *await sections(turn)]
    files = tuple(file for message in outcome.messages for file in message.attachments)
    return replace(outcome, messages=(replace(_page(turn, page), attachments=files),))


async def sections(turn: Turn) -> list[Section]:
    return [section for build in SECTIONS for section in await build(turn)]


async def _welcome(turn: Turn) -> Sequence[Section]:
    """Greet whoever is known; say to others how they become so."""
    if turn.person:
        return [Section(turn.say("help.hello", name=turn.person.name))]
    title = turn.say("help.hello_stranger")
    return [Section(turn.say("link.needed"), title, choices=(help.offered(turn, Intent.LINK),))]


async def _sessions(turn: Turn) -> Sequence[Section]:
    coming = by_session(await ahead(turn, {}))[:MOST_SESSIONS]
    title = turn.say("menu.session_list")
    if not coming:
        return [Section(turn.say("session.none_ahead"), title)]
    told = [await _session(turn, held) for held in coming]
    return [replace(told[0], title=title), *told[1:]]


async def _session(turn: Turn, held: Held) -> Section:
    line = telling.line(turn, held)
    answer = None
    if turn.person and turn.viewer.is_member(held.session.body_key):
        answers = await turn.unit.attendances.of(held.session.id)
        answer = next((one.answer for one in answers if one.person_id == turn.person.id), None)
    text = f"{line}\n{turn.say(ANSWERED[answer])}" if answer else line
    return Section(text, choices=tuple(session.actions(turn, held)))


async def _letters(turn: Turn) -> Sequence[Section]:
    """Return the letters that wait to be read, each with the ways to deal with it."""
    if turn.person is None:
        return []
    unread = (await turn.unit.letters.counts(turn.person.id)).unread
    found = await turn.unit.letters.of_person(turn.person.id, drawer=Drawer.OPEN, most=LETTERS_READ)
    waiting = [letter for letter in found if not letter.is_read][:MOST_LETTERS]
    told = [
        Section(
            inbox.line(turn, letter),
            choices=(
                turn.choice("desk.read", f"letter:{letter.id}"),
                turn.choice("inbox.archive", f"archive:{letter.id}"),
            ),
        )
        for letter in waiting
    ]
    await turn.unit.letters.see([letter.id for letter in waiting if not letter.is_seen])
    whole = turn.choice("menu.inbox", "inbox")
    summary = Section(
        turn.say("inbox.waiting", count=unread), turn.say("inbox.title_open"), choices=(whole,)
    )
    return [summary, *told]


async def _words(turn: Turn) -> Sequence[Section]:
    return [Section(help.sayable(turn), turn.say("desk.sayable"))]


async def _wishes(turn: Turn) -> Sequence[Section]:
    language = turn.choice("menu.prefs_language", token(Intent.PREFS_LANGUAGE, {}))
    if turn.person is None:
        return [Section("", choices=(language,))]
    wishes = turn.choice("menu.prefs_show", "prefs")
    return [Section("", turn.say("preferences.title"), choices=(wishes, language))]


# What lies on a desk, from its top.
SECTIONS: tuple[Build, ...] = (
    _welcome,
    match.sections,
    duties.sections,
    approvals.sections,
    petition_desk.sections,
    _sessions,
    _letters,
    _wishes,
    _words,
)


async def _as_now(turn: Turn, outcome: Outcome) -> Turn:
    """Return the turn as what was just done has left it: their language, and who they are."""
    incoming = turn.incoming
    person = await turn.unit.people.at(incoming.channel, incoming.address, on=turn.today)
    language = next((one.language for one in outcome.messages), turn.language)
    return replace(turn, person=person, language=language)


def _page(turn: Turn, parts: Sequence[Section]) -> Message:
    return Message.of_sections(parts, turn.language)


def _parts(message: Message) -> Sequence[Section]:
    whole = Section(message.text, message.title, message.choices)
    return message.sections or (whole,)

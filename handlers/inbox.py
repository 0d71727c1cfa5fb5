"""The mailbox everybody known has here: letters newest first, opened, put off and put away."""

from collections.abc import Sequence

from actions.notices import reading
from actions.notices.settling import up_to_date
from domain.clock import wall_time
from domain.errors import Refused
from domain.letters import Drawer, Later, back_at
from domain.messages import Choice
from handlers.turn import Outcome, Slots, Turn
from store.letters import Letter

PAGE = 8  # letters
LABEL = 40  # characters of a title on a button


async def asked(turn: Turn, _slots: Slots) -> Outcome:
    return await shown(turn)


async def shown(turn: Turn, offset: int = 0) -> Outcome:
    """List the letters in sight from the one at `offset`, and say what else there is."""
    counts = await turn.unit.letters.counts(turn.known().id)
    others = [
        turn.choice(f"inbox.see_{drawer.value}", f"drawer:{drawer.value}", count=count)
        for drawer, count in (
            (Drawer.SNOOZED, counts.snoozed),
            (Drawer.ARCHIVED, counts.archived),
        )
        if count and not offset
    ]
    summary = turn.say("inbox.waiting", count=counts.unread)
    return await _listed(turn, Drawer.OPEN, offset, others=others, summary=summary)


async def drawer_shown(turn: Turn, drawer: Drawer, offset: int = 0) -> Outcome:
    """List the letters of a drawer from the one at `offset`."""
    return await _listed(turn, drawer, offset, others=[turn.choice("inbox.back", "inbox")])


async def opened(turn: Turn, letter_id: int) -> Outcome:
    """Show one letter whole, and note that it was opened."""
    letter = _known(await reading.open_letter(turn.unit, turn.known(), letter_id))
    message = await up_to_date(turn.unit, letter.message, turn.known().id)
    is_away = letter.is_archived or _is_asleep(turn, letter)
    moves = ("restore",) if is_away else ("archive", "later", "unread")
    choices = [turn.choice(f"inbox.{move}", f"{move}:{letter.id}") for move in moves]
    return turn.tell(
        f"{turn.say('inbox.from', at=wall_time(letter.at, turn.commune.zone))}\n\n{message.text}",
        title=message.title,
        choices=[*message.choices, *choices, turn.choice("inbox.back", "inbox")],
        attachments=message.attachments,
    ).on(message.subject, message.settled)


async def archived(turn: Turn, letter_id: int) -> Outcome:
    letter = _known(await reading.archive(turn.unit, turn.known(), letter_id))
    return _undoable(turn, turn.say("inbox.archived", title=_name(letter)), letter)


async def restored(turn: Turn, letter_id: int) -> Outcome:
    letter = _known(await reading.bring_back(turn.unit, turn.known(), letter_id))
    return turn.settle(
        turn.say("inbox.restored", title=_name(letter)),
        choices=[turn.choice("inbox.back", "inbox")],
    )


async def kept_unread(turn: Turn, letter_id: int) -> Outcome:
    letter = _known(await reading.keep_unread(turn.unit, turn.known(), letter_id))
    return turn.settle(
        turn.say("inbox.kept_unread", title=_name(letter)),
        choices=[turn.choice("inbox.back", "inbox")],
    )


async def put_off(turn: Turn, letter_id: int) -> Outcome:
    """Ask until when."""
    letter = _known(await turn.unit.letters.by_id(letter_id, person_id=turn.known().id))
    choices = [
        turn.choice(f"inbox.later_{later.value}", f"snooze:{letter.id}:{later.value}")
        for later in Later
    ]
    return turn.tell(
        turn.say("inbox.later_when", title=_name(letter)),
        choices=[*choices, turn.choice("common.cancel", f"letter:{letter.id}")],
    )


async def snoozed(turn: Turn, letter_id: int, later: Later) -> Outcome:
    until = back_at(later, turn.now, turn.commune.zone)
    letter = _known(await reading.snooze(turn.unit, turn.known(), letter_id, until))
    at = wall_time(until, turn.commune.zone)
    return _undoable(turn, turn.say("inbox.snoozed", title=_name(letter), at=at), letter)


async def _listed(
    turn: Turn, drawer: Drawer, offset: int, *, others: Sequence[Choice], summary: str = ""
) -> Outcome:
    letters = await turn.unit.letters.of_person(
        turn.known().id, drawer=drawer, offset=offset, most=PAGE + 1
    )
    if not letters:
        return turn.tell(turn.say(f"inbox.empty_{drawer.value}"), choices=others)
    page = letters[:PAGE]
    await turn.unit.letters.see([letter.id for letter in page if not letter.is_seen])
    choices = [Choice(_short(_name(letter)), f"letter:{letter.id}") for letter in page]
    if len(letters) > PAGE:
        more = f"drawer:{drawer.value}:{offset + PAGE}"
        if drawer is Drawer.OPEN:
            more = f"inbox:{offset + PAGE}"
        choices.append(turn.choice("agenda.more", more))
    lines = "\n".join(line(turn, letter) for letter in page)
    return turn.tell(
        f"{summary}\n\n{lines}" if summary else lines,
        title=turn.say(f"inbox.title_{drawer.value}"),
        choices=[*choices, *others],
    )


def _known(letter: Letter | None) -> Letter:
    if letter is None:
        raise Refused("inbox.unknown")
    return letter


def _undoable(turn: Turn, text: str, letter: Letter) -> Outcome:
    undo = turn.choice("inbox.undo", f"restore:{letter.id}")
    return turn.settle(text, choices=[undo, turn.choice("inbox.back", "inbox")])


def line(turn: Turn, letter: Letter) -> str:
    """Return a letter as one line of a list."""
    if _is_asleep(turn, letter) and letter.snoozed_until:
        back = wall_time(letter.snoozed_until, turn.commune.zone)
        return turn.say("inbox.line_snoozed", title=_name(letter), at=back)
    kind = "read" if letter.is_read else "unread" if letter.is_seen else "new"
    at = wall_time(letter.at, turn.commune.zone)
    return turn.say(f"inbox.line_{kind}", title=_name(letter), at=at)


def _is_asleep(turn: Turn, letter: Letter) -> bool:
    return letter.snoozed_until is not None and letter.snoozed_until > turn.now


def _name(letter: Letter) -> str:
    return letter.message.title or _short(letter.message.text)


def _short(title: str) -> str:
    return title if len(title) <= LABEL else title[: LABEL - 1] + "…"

"""The mailbox everybody known has here: letters newest first, opened one by one."""

from actions import reading
from domain.clock import wall_time
from domain.deliveries import State
from domain.messages import Choice
from handlers.turn import Outcome, Slots, Turn
from store.letters import Letter

PAGE = 8  # letters
READ = frozenset({State.OPENED, State.CONFIRMED})
LABEL = 40  # characters of a title on a button


async def asked(turn: Turn, _slots: Slots) -> Outcome:
    return await shown(turn)


async def shown(turn: Turn, offset: int = 0) -> Outcome:
    """List letters from the one at `offset`."""
    person = turn.known()
    letters = await turn.unit.letters.of_person(person.id, offset=offset, most=PAGE + 1)
    if not letters:
        return turn.tell(turn.say("inbox.empty"))
    page = letters[:PAGE]
    choices = [Choice(_short(letter.message.title), f"letter:{letter.id}") for letter in page]
    if len(letters) > PAGE:
        choices.append(turn.choice("agenda.more", f"inbox:{offset + PAGE}"))
    return turn.tell(
        "\n".join(_line(turn, letter) for letter in page),
        title=turn.say("inbox.title"),
        choices=choices,
    )


async def opened(turn: Turn, letter_id: int) -> Outcome:
    """Show one letter whole, and note that it was opened."""
    letter = await reading.open_letter(turn.unit, turn.known(), letter_id)
    if letter is None:
        return turn.tell(turn.say("inbox.unknown"))
    message = letter.message
    choices = [*message.choices, turn.choice("inbox.back", "inbox")]
    return turn.tell(
        f"{turn.say('inbox.from', at=wall_time(letter.at, turn.commune.zone))}\n\n{message.text}",
        title=message.title,
        choices=choices,
        attachments=message.attachments,
    )


def _line(turn: Turn, letter: Letter) -> str:
    return turn.say(
        "inbox.line_read" if letter.state in READ else "inbox.line_new",
        title=letter.message.title or _short(letter.message.text),
        at=wall_time(letter.at, turn.commune.zone),
    )


def _short(title: str) -> str:
    return title if len(title) <= LABEL else title[: LABEL - 1] + "…"

"""Items moved on and voted on from a chat, each said back before it is done; and how votes went."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from actions.meetings import meeting
from actions.sessions import deliberating
from actions.sessions.closing import UNSETTLED
from actions.sessions.deliberating import WITH_REASON, Ballot
from actions.sessions.rolling import roll
from actions.sessions.ways import VOTED
from actions.sitting_words import vote_line
from domain.agenda import AgendaItem, ItemState
from domain.folding import latin_digits
from domain.messages import Choice
from domain.votes import Count, Majority, Voice
from handlers import agenda, help, search, session, telling
from handlers.finding import Held, meant, one
from handlers.proceedings import of_item
from handlers.turn import CONFIRMING, Outcome, Slots, Turn
from handlers.understanding import Intent
from handlers.understanding.wording import norms
from handlers.votes_told import votes_of

FLOW, COUNT, REASON = "vote", "count", "reason"
NUMBERS_OF_A_COUNT = 3
NOBODY: Mapping[int, Voice] = MappingProxyType({})
HOW = ("cast", "amended", "in_office", "for", "against")


async def begun(turn: Turn, session_id: int, item_id: int) -> Outcome:
    """Ask for the count of a vote."""
    found = await item_meant(turn, session_id, item_id)
    if found is None:
        return session.unknown(turn)
    held, item = found
    if item.state not in VOTED:
        return over(turn, held, item)
    known = await roll(turn.unit, await meeting(turn.unit, session_id))
    value = f"counted:{session_id}:{item_id}:{known.present}-0-0"
    choices = [
        turn.choice("vote.unanimous", value, count=known.present),
        turn.choice("vote.by_name", f"byname:{session_id}:{item_id}"),
        turn.choice("common.cancel", "cancel"),
    ]
    text = turn.say("vote.which_count", item=telling.item_line(turn, item))
    return turn.ask(FLOW, COUNT, text, choices=choices, session=held.session.id, item=item.id)


def over(turn: Turn, held: Held, item: AgendaItem) -> Outcome:
    """Say that an item is not to be voted on, or not any more."""
    agenda_of = turn.choice("session.see_agenda", f"agenda:{held.session.id}")
    text = turn.say("vote.over", item=telling.item_line(turn, item))
    return turn.tell(text, choices=[agenda_of], about=held.session.id)


async def count_given(turn: Turn, text: str) -> Outcome | None:
    """Take "12 3 1" as the count that was asked for."""
    facts = turn.conversation.facts
    words = [word for word in norms(latin_digits(text)) if word.isdecimal() and len(word) <= 4]  # noqa: PLR2004 - no council is larger
    session_id, item_id = facts.get("session"), facts.get("item")
    if not (isinstance(session_id, int) and isinstance(item_id, int)):
        return None
    if not words or len(words) > NUMBERS_OF_A_COUNT:
        return turn.beside(turn.say("vote.not_a_count"))
    counts = [*words, *["0"] * (NUMBERS_OF_A_COUNT - len(words))]
    return await counted(turn, session_id, item_id, "-".join(counts))


async def counted(turn: Turn, session_id: int, item_id: int, counts: str, how: str = "") -> Outcome:
    """Record a vote once it was said back, by which majority, and on whose side a tie is."""
    found = await item_meant(turn, session_id, item_id)
    count = _count(counts)
    if found is None or count is None:
        return session.unknown(turn)
    held, item = found
    if how not in HOW:
        value = f"counted:{session_id}:{item_id}:{counts}"
        return echoed(turn, item, count, value, known={"about": session_id})
    return await recorded(turn, held, item, ballot(count, how))


async def recorded(turn: Turn, held: Held, item: AgendaItem, cast: Ballot) -> Outcome:
    """Record a vote, and tell what it came to."""
    session_id = held.session.id
    done = await deliberating.vote(turn.unit, turn.actor, session_id, item.id, cast)
    lines = [telling.item_line(turn, done.item), vote_line(done.vote, turn.language)]
    if done.decision:
        lines.append(turn.say("vote.decided", ref=done.decision.ref))
    return turn.settle(
        "\n".join(lines), choices=await _after(turn, held, done.item), about=session_id
    )


async def moved(
    turn: Turn, session_id: int, item_id: int, to: ItemState, answer: str = ""
) -> Outcome:
    """Move an item on without a vote, once that was said back; ask why where that is owed."""
    found = await item_meant(turn, session_id, item_id)
    if found is None:
        return session.unknown(turn)
    held, item = found
    facts = turn.conversation.facts
    reason = str(facts.get("reason") or "") if facts.get("item") == item_id else ""
    if to in WITH_REASON and not reason:
        text = turn.say("vote.why", item=telling.item_line(turn, item))
        cancel = turn.choice("common.cancel", "cancel")
        return turn.ask(
            FLOW, REASON, text, choices=[cancel], session=session_id, item=item_id, to=to.value
        )
    if answer != "yes":
        return _echo_move(turn, held, item, to, reason)
    after = await deliberating.take_up(
        turn.unit, turn.actor, session_id, item_id, to, reason=reason
    )
    text = turn.say(
        "vote.moved",
        item=turn.say("agenda.line", number=item.number, title=item.title),
        after=telling.item_state(turn, after),
    )
    return turn.settle(text, choices=await _after(turn, held, after), about=session_id)


async def reason_given(turn: Turn, text: str) -> Outcome | None:
    facts = turn.conversation.facts
    session_id, item_id = facts.get("session"), facts.get("item")
    if not (isinstance(session_id, int) and isinstance(item_id, int)):
        return None
    found = await item_meant(turn, session_id, item_id)
    if found is None:
        return session.unknown(turn)
    return _echo_move(turn, *found, ItemState(str(facts.get("to"))), text.strip())


async def asked(turn: Turn, slots: Slots) -> Outcome:
    """Answer how a vote went: of the item named or described, else all of the session meant."""
    if slots.get("topic") and not slots.get("item_number"):
        return await search.item_asked(turn, slots)
    held = await meant(turn, slots)
    if held is None:
        return session.none_ahead(turn)
    wanted = norms(str(slots.get("item_number") or ""))
    items = [
        item for item in await agenda.seen(turn, held) if not wanted or norms(item.number) == wanted
    ]
    lines = [line for item in items for line in await _told(turn, item)]
    if not lines:
        ways = [
            turn.choice("session.see_agenda", f"agenda:{held.session.id}"),
            help.offered(turn, Intent.DECISION_QUERY),
        ]
        return turn.tell(turn.say("vote.none"), choices=ways, about=held.session.id)
    return turn.tell("\n".join(lines), title=telling.name(turn, held), about=held.session.id)


async def _told(turn: Turn, item: AgendaItem) -> list[str]:
    told = await votes_of(turn, item)
    return [telling.item_line(turn, item), *told] if told else []


async def item_meant(turn: Turn, session_id: int, item_id: int) -> tuple[Held, AgendaItem] | None:
    held = await one(turn, session_id)
    items = await agenda.seen(turn, held) if held else ()
    item = next((item for item in items if item.id == item_id), None)
    return (held, item) if held and item else None


def echoed(
    turn: Turn,
    item: AgendaItem,
    count: Count,
    value: str,
    *,
    sides: Sequence[str] = (),
    known: Mapping[str, object],
) -> Outcome:
    """Say a count back, and offer to record it; `sides` name who was not for.

    `known` is what is to be remembered until then.
    """
    text = turn.say(
        "vote.echo",
        item=telling.item_line(turn, item),
        in_favour=count.in_favour,
        against=count.against,
        abstained=count.abstained,
    )
    ways = [("vote.president_for", "for"), ("vote.president_against", "against")]
    if count.in_favour != count.against:
        ways = [("vote.yes_cast", "cast")]
    if count.in_favour > count.against:
        ways += [("vote.yes_amended", "amended"), ("vote.yes_in_office", "in_office")]
    choices = [turn.choice(key, f"{value}:{how}") for key, how in ways]
    choices.append(turn.choice("common.no", "cancel"))
    return turn.ask(FLOW, CONFIRMING, "\n".join([text, *sides]), choices=choices, **known)


def _echo_move(turn: Turn, held: Held, item: AgendaItem, to: ItemState, reason: str) -> Outcome:
    text = turn.say(
        "vote.echo_move",
        item=turn.say("agenda.line", number=item.number, title=item.title),
        before=turn.say(f"council.item_{item.state}"),
        after=turn.say(f"council.item_{to}"),
    )
    if reason:
        text = f"{text}\n{turn.say('session.reason', reason=reason)}"
    value = f"moveitem:{held.session.id}:{item.id}:{to}:yes"
    return turn.echo(FLOW, text, value, item=item.id, reason=reason)


def ballot(count: Count, how: str, named: Mapping[int, Voice] = NOBODY) -> Ballot:
    return Ballot(
        count,
        named=named,
        majority=Majority.IN_OFFICE if how == "in_office" else Majority.CAST,
        president=Voice(how) if how in {Voice.FOR, Voice.AGAINST} else None,
        is_amended=how == "amended",
    )


def _count(text: str) -> Count | None:
    parts = text.split("-")
    if len(parts) != NUMBERS_OF_A_COUNT or not all(part.isdecimal() for part in parts):
        return None
    return Count(*(int(part) for part in parts))


async def _after(turn: Turn, held: Held, item: AgendaItem) -> list[Choice]:
    """Offer what is next: with this item, and after it."""
    items = await agenda.seen(turn, held)
    at = next(place for place, one in enumerate(items) if one.id == item.id)
    following = next((one for one in items[at + 1 :] if one.state in UNSETTLED), None)
    return [
        *([_next(turn, following)] if following else []),
        *of_item(turn, held, item),
        turn.choice("session.see_agenda", f"agenda:{held.session.id}"),
    ]


def _next(turn: Turn, item: AgendaItem) -> Choice:
    return turn.choice("vote.next", f"item:{item.session_id}:{item.id}", number=item.number)

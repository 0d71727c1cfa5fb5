"""What is done to an item with words: asked for them, said back, and only then done."""

from collections.abc import Awaitable, Callable, Mapping

from actions.agenda import listing, proposing, referring
from actions.meetings import meeting
from actions.papers import hearing_governor
from domain.access import COMMISSIONS
from domain.agenda import AgendaItem
from domain.messages import Choice
from domain.rights import Act, require
from handlers import preparing, session, telling
from handlers.turn import Outcome, Turn

FLOW, WORDS = "reasons", "words"


async def asked(turn: Turn, session_id: int, item_id: int, act: str) -> Outcome:
    """Ask for the new words, or for the reason."""
    item = await _item(turn, session_id, item_id)
    if item is None or act not in ACTS:
        return session.unknown(turn)
    text = turn.say(f"prepare.why_{act}", number=item.number, title=item.title)
    cancel = turn.choice("common.cancel", f"point:{session_id}:{item_id}")
    return turn.ask(FLOW, WORDS, text, choices=[cancel], session=session_id, item=item_id, act=act)


async def given(turn: Turn, text: str) -> Outcome | None:
    """Take whatever is said, and say back what it would do."""
    facts = turn.conversation.facts
    item = await _item(turn, facts.get("session"), facts.get("item"))
    if item is None or facts.get("act") not in ACTS:
        return None
    act = str(facts["act"])
    said = turn.say(f"prepare.echo_{act}", number=item.number, title=item.title, words=text)
    value = f"reason:{item.session_id}:{item.id}:{act}:yes"
    known = {"session": item.session_id, "item": item.id, "act": act, "words": text}
    return turn.echo(FLOW, said, value, **known)


async def confirmed(turn: Turn, session_id: int, item_id: int, act: str, _yes: str) -> Outcome:
    """Do it, with the words that were said back; where they are forgotten, ask again."""
    facts = turn.conversation.facts
    item = await _item(turn, session_id, item_id)
    is_same = (facts.get("item"), facts.get("act")) == (item_id, act)
    if item is None or not is_same or not facts.get("words"):
        return await asked(turn, session_id, item_id, act)
    await ACTS[act](turn, item, str(facts["words"]))
    return await preparing.shown(turn, session_id)


async def refer(turn: Turn, session_id: int, item_id: int, commission: str = "") -> Outcome:
    """Ask which commission studies an item, and refer it there."""
    item = await _item(turn, session_id, item_id)
    if item is None:
        return session.unknown(turn)
    if commission:
        await referring.refer(turn.unit, session_id, item.number, commission, actor=turn.actor)
        return await preparing.shown(turn, session_id)
    commissions = [one for one in turn.commune.bodies.values() if one.kind in COMMISSIONS]
    choices = [
        Choice(telling.body(turn, one), f"refer:{session_id}:{item_id}:{one.key}")
        for one in commissions
    ]
    text = turn.say("prepare.which_commission", number=item.number, title=item.title)
    return turn.tell(text, choices=choices, about=session_id)


async def _item(turn: Turn, session_id: object, item_id: object) -> AgendaItem | None:
    if not isinstance(session_id, int):
        return None
    called = await meeting(turn.unit, session_id)
    require(turn.actor, Act.FILL_AGENDA, called.body)
    return next((one for one in called.items if one.id == item_id), None)


async def _reword(turn: Turn, item: AgendaItem, words: str) -> None:
    await listing.reword(turn.unit, item.session_id, item.number, words, actor=turn.actor)


async def _withdraw(turn: Turn, item: AgendaItem, words: str) -> None:
    await listing.withdraw(turn.unit, item.session_id, item.number, words, actor=turn.actor)


async def _object(turn: Turn, item: AgendaItem, words: str) -> None:
    await hearing_governor.governor_objects(
        turn.unit, item.session_id, item.number, words, actor=turn.actor, language=turn.language
    )


async def _refuse(turn: Turn, item: AgendaItem, words: str) -> None:
    await proposing.refuse(turn.unit, turn.actor, item.session_id, item.id, words)


ACTS: Mapping[str, Callable[[Turn, AgendaItem, str], Awaitable[None]]] = {
    "reword": _reword,
    "withdraw": _withdraw,
    "object": _object,
    "refuse": _refuse,
}

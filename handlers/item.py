"""One item of an agenda, with its papers."""

from collections.abc import Sequence

from domain.agenda import AgendaItem
from handlers import session, telling
from handlers.agenda import seen
from handlers.document import papers
from handlers.finding import Held, meant, one
from handlers.proceedings import of_item
from handlers.turn import Outcome, Slots, Turn
from handlers.understanding.wording import norms
from handlers.votes_told import votes_of


async def asked(turn: Turn, slots: Slots) -> Outcome:
    """Answer "la 12": of the session named, last spoken of, today's or next."""
    held = await meant(turn, slots)
    if held is None:
        return session.none_ahead(turn)
    items = await seen(turn, held)
    if found := numbered(items, slots):
        return await _told(turn, held, found, items)
    return turn.tell(
        turn.say(
            "item.unknown",
            number=str(slots.get("item_number") or "?"),
            session=telling.name(turn, held),
            starts=held.sitting.starts,
        ),
        choices=[turn.choice("session.see_agenda", f"agenda:{held.session.id}")],
        about=held.session.id,
    )


def numbered(items: Sequence[AgendaItem], slots: Slots) -> AgendaItem | None:
    """Return the item of the number that was said."""
    number = norms(str(slots.get("item_number", "")))
    return next((item for item in items if norms(item.number) == number), None)


async def shown(turn: Turn, session_id: int, item_id: int) -> Outcome:
    held = await one(turn, session_id)
    items = await seen(turn, held) if held else ()
    found = next((item for item in items if item.id == item_id), None)
    return await _told(turn, held, found, items) if held and found else session.unknown(turn)


async def _sitting(turn: Turn, item: AgendaItem) -> list[str]:
    """Say in which sitting of its session an item is debated (law 113-14, art. 33)."""
    sittings = await turn.unit.sessions.sittings(item.session_id) if item.sitting_id else ()
    return [
        turn.say("item.sitting", number=one.number, starts=one.starts)
        for one in sittings
        if one.id == item.sitting_id
    ]


async def _told(turn: Turn, held: Held, item: AgendaItem, items: Sequence[AgendaItem]) -> Outcome:
    documents = [paper for paper in await papers(turn, held, items) if paper.item_id == item.id]
    facts = [
        telling.item_state(turn, item),
        *await _sitting(turn, item),
        *await votes_of(turn, item),
        turn.say("item.rapporteur", rapporteur=item.rapporteur) if item.rapporteur else "",
        turn.say("item.department", department=item.department) if item.department else "",
        turn.say("item.reference", reference=item.reference) if item.reference else "",
        turn.say("session.reason", reason=item.withdrawn_reason) if item.withdrawn_reason else "",
        turn.say("item.barred", reason=item.objection) if item.is_barred else "",
        turn.say("item.closed") if not item.is_public else "",
        turn.say("item.documents", count=len(documents)) if documents else turn.say("item.bare"),
    ]
    return turn.tell(
        "\n".join([telling.name(turn, held), *(fact for fact in facts if fact)]),
        title=turn.say("agenda.line", number=item.number, title=item.title),
        choices=[
            *of_item(turn, held, item),
            turn.choice("session.see_agenda", f"agenda:{held.session.id}"),
            turn.choice("history.button", f"history:{held.session.id}:{item.id}"),
        ],
        attachments=telling.attached(documents),
        about=held.session.id,
    )

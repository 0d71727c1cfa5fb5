"""Preparing a session: its agenda as it stands, what it still wants, and the ways to change it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from actions.agenda import listing, proposing
from actions.duties.due import of_session
from actions.duties.reminding import line
from actions.meetings import meeting
from actions.sessions import ways
from actions.sessions.telling_changes import SETTLES_AFTER
from actions.sessions.ways import ItemWay, Stand, Way
from actions.wording import Meeting
from domain.agenda import AgendaItem
from domain.clock import wall_time
from domain.messages import Choice
from domain.rights import Act, require
from domain.session_forms import plan_form
from domain.sessions import SessionKind
from handlers import filling, planning, session, telling
from handlers.finding import ahead, by_session
from handlers.turn import Outcome, Slots, Turn

MOST_ITEMS = 15
MOST_DUTIES = 3
# What the buttons say, by what may be done to a session and to an item.
PRESSES: Mapping[Way, str] = {
    Way.ADD: "addpoint",
    Way.ADD_PAPER: "addpaper",
    Way.ADD_SITTING: "addsitting",
    Way.TELL: "tellagenda",
    Way.SUBMIT: "togovernor",
    Way.CONVENE: "convene",
    Way.CALL_OFF: "calloff",
}
ITEM_PRESSES: Mapping[ItemWay, str] = {
    **dict.fromkeys(
        (ItemWay.REWORD, ItemWay.OBJECT, ItemWay.WITHDRAW, ItemWay.REFUSE), "ask:{}:{}"
    ),
    ItemWay.REFER: "refer:{}",
    ItemWay.IN_SITTING: "insitting:{}",
    ItemWay.ADD_PAPER: "addpaper:{}",
}


async def plan_asked(turn: Turn, slots: Slots) -> Outcome:
    """Begin a session: of the body named, else ask which."""
    bodies = planning.bodies_for(turn, Act.PLAN)
    named = turn.commune.bodies.get(str(slots.get("body") or ""))
    starts = _starts(slots)
    if named is None and len(bodies) > 1:
        return planning.which_body(turn, bodies, starts)
    return await _planned(turn, _kind_said(slots), (named or bodies[0]).key, starts)


async def plan_pressed(turn: Turn, kind: str, body_key: str) -> Outcome:
    return await _planned(turn, kind, body_key, "")


async def plan_pressed_at(turn: Turn, kind: str, starts: datetime, body_key: str) -> Outcome:
    return await _planned(turn, kind, body_key, f"{starts:%Y-%m-%dT%H:%M}")


async def _planned(turn: Turn, kind: str, body_key: str, starts: str) -> Outcome:
    body = turn.commune.bodies.get(body_key)
    if body is None:
        return session.unknown(turn)
    require(turn.actor, Act.PLAN, body)
    if kind not in set(SessionKind):
        return planning.which_kind(turn, body, starts)
    form = plan_form(SessionKind(kind)).name
    known = {"body": body_key, "kind": kind, **({"starts": starts} if starts else {})}
    return await filling.begin(turn, filling.FILLINGS[form], known)


async def asked(turn: Turn, slots: Slots) -> Outcome:
    """Show the session that is being prepared: the one named, else the next of their bodies."""
    keys = [body.key for body in planning.bodies_for(turn, Act.FILL_AGENDA)]
    if slots.get("body") in keys:
        keys = [str(slots["body"])]
    found = by_session(await ahead(turn, slots, keys=keys))
    found = [held for held in found if held.session.state in listing.PREPARED]
    if not found:
        choices = [turn.choice("menu.session_plan", f"plan:{planning.LATER}:{keys[0]}")]
        return turn.tell(turn.say("prepare.none"), choices=choices)
    if len(found) > 1 and turn.about not in {held.session.id for held in found}:
        return session.choose(turn, found, "prepare.which", "prepare:{id}")
    chosen = next((one for one in found if one.session.id == turn.about), found[0])
    return await shown(turn, chosen.session.id)


async def shown(turn: Turn, session_id: int) -> Outcome:
    """Show the agenda as those who write it see it, with what may be done next."""
    called = await _mine(turn, session_id)
    items = telling.asides_last(called.items)[:MOST_ITEMS]
    lines = [
        turn.say(f"council.session_{called.session.state}"),
        *_sittings(turn, called),
        "",
        *(_line(turn, called, item) for item in items),
        *([] if items else [turn.say("prepare.empty")]),
        *_unsaid(turn, called),
        "",
        *await _duties(turn, session_id),
    ]
    return turn.tell(
        "\n".join(lines).strip(),
        title=turn.say("prepare.title", session=called.name(turn.language)),
        choices=[*_ways(turn, called), *_points(turn, called, items)],
        about=session_id,
    )


async def add_point(turn: Turn, session_id: int) -> Outcome:
    return await filling.begin(turn, filling.FILLINGS["point"], {"session": str(session_id)})


async def add_paper(turn: Turn, session_id: int, item_id: int = 0) -> Outcome:
    known = {"session": str(session_id), **({"item": str(item_id)} if item_id else {})}
    return await filling.begin(turn, filling.FILLINGS["paper"], known)


async def point(turn: Turn, session_id: int, item_id: int, act: str = "") -> Outcome:
    """Show one item with the ways to change it, or go one of them."""
    called = await _mine(turn, session_id)
    item = next((one for one in called.items if one.id == item_id), None)
    if item is None:
        return session.unknown(turn)
    if act in ACTS:
        await ACTS[act](turn, item)
        return await shown(turn, session_id)
    return _point(turn, called, item)


async def _mine(turn: Turn, session_id: int) -> Meeting:
    called = await meeting(turn.unit, session_id)
    require(turn.actor, Act.FILL_AGENDA, called.body)
    return called


def _point(turn: Turn, called: Meeting, item: AgendaItem) -> Outcome:
    pair = f"{item.session_id}:{item.id}"
    choices = [
        turn.choice(f"prepare.{way}", ITEM_PRESSES.get(way, "point:{}:{}").format(pair, way))
        for way in ways.of_item(turn.actor, called, item)
    ]
    facts = [telling.item_line(turn, item), item.objection, item.withdrawn_reason]
    return turn.tell(
        "\n".join(fact for fact in facts if fact),
        choices=[*choices, turn.choice("prepare.whole", f"prepare:{item.session_id}")],
        about=item.session_id,
    )


async def _up(turn: Turn, item: AgendaItem) -> None:
    await listing.shift(turn.unit, item.session_id, item.number, up=True, actor=turn.actor)


async def _down(turn: Turn, item: AgendaItem) -> None:
    await listing.shift(turn.unit, item.session_id, item.number, up=False, actor=turn.actor)


async def _close(turn: Turn, item: AgendaItem) -> None:
    await listing.close_doors(
        turn.unit, item.session_id, item.number, is_public=False, actor=turn.actor
    )


async def _open(turn: Turn, item: AgendaItem) -> None:
    await listing.close_doors(
        turn.unit, item.session_id, item.number, is_public=True, actor=turn.actor
    )


async def _lift(turn: Turn, item: AgendaItem) -> None:
    await listing.lift(turn.unit, item.session_id, item.number, actor=turn.actor)


async def _accept(turn: Turn, item: AgendaItem) -> None:
    await proposing.accept(turn.unit, turn.actor, item.session_id, item.id)


Do = Callable[[Turn, AgendaItem], Awaitable[None]]
ACTS: Mapping[str, Do] = {
    "up": _up,
    "down": _down,
    "closed": _close,
    "open": _open,
    "lift": _lift,
    "accept": _accept,
}


def _ways(turn: Turn, called: Meeting) -> list[Choice]:
    at = Stand(called.session, called.body, called.opening.starts.date(), turn.today)
    return [
        turn.choice(f"prepare.{way}", f"{PRESSES[way]}:{called.session.id}")
        for way in ways.of_session(turn.actor, at)
        if way in PRESSES and called.session.state in listing.PREPARED
    ]


def _points(turn: Turn, called: Meeting, items: Sequence[AgendaItem]) -> list[Choice]:
    if called.session.state not in listing.PREPARED:
        return []
    return [
        turn.choice("agenda.item", f"point:{called.session.id}:{item.id}", number=item.number)
        for item in items
    ]


def _sittings(turn: Turn, called: Meeting) -> list[str]:
    """Tell when a session is held: in one sitting, or in several (art. 33)."""
    if len(called.sittings) == 1:
        return [turn.say("session.when", starts=called.opening.starts)]
    return [
        turn.say("timetable.sitting", number=one.number, starts=one.starts)
        for one in called.sittings
    ]


def _line(turn: Turn, called: Meeting, item: AgendaItem) -> str:
    """Return an item as one line, with its sitting where it was given one of several."""
    line = telling.item_line(turn, item)
    given = next((one for one in called.sittings if one.id == item.sitting_id), None)
    if given is None or len(called.sittings) == 1:
        return line
    return turn.say("timetable.line", line=line, number=given.number)


def _unsaid(turn: Turn, called: Meeting) -> list[str]:
    changed_at = called.session.agenda_changed_at
    if changed_at is None:
        return []
    at = wall_time(changed_at + SETTLES_AFTER, turn.commune.zone)
    return [turn.say("prepare.unsaid", at=at)]


async def _duties(turn: Turn, session_id: int) -> list[str]:
    owed = await of_session(turn.unit, session_id, language=turn.language)
    open_ = [one for one in owed if one.duty.is_open]
    return [line(one, turn.language, turn.today) for one in open_[:MOST_DUTIES]]


def _kind_said(slots: Slots) -> str:
    named = str(slots.get("session_kind") or "")
    return named if named in set(SessionKind) else planning.LATER


def _starts(slots: Slots) -> str:
    """Return the wall time that was said, as a form keeps it; nothing where no hour was."""
    said = str(slots.get("datetime") or "")
    if not said and slots.get("date") and slots.get("time"):
        said = f"{slots['date']}T{slots['time']}"
    try:
        return f"{datetime.fromisoformat(said):%Y-%m-%dT%H:%M}"
    except ValueError:  # not said, or forged
        return ""

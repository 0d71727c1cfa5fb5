"""Who answers what in the preparation of sessions: the part of handlers/routes.py on that work."""

from collections.abc import Awaitable, Callable

from domain.session_facts import SessionFact
from handlers import calling, duties, mine, preparing, proposals, questions, reasons, timetable
from handlers.press import Press
from handlers.tokens import number, wall_time, word
from handlers.turn import Outcome, Slots, Turn
from handlers.understanding import Intent

INTENTS: dict[Intent, Callable[[Turn, Slots], Awaitable[Outcome]]] = {
    Intent.SESSION_PLAN: preparing.plan_asked,
    Intent.SESSION_PREPARE: preparing.asked,
    Intent.SESSION_CONVENE: calling.convene_asked,
    Intent.SESSION_CANCEL: calling.call_off_asked,
    Intent.SESSION_MINE: mine.asked,
    Intent.ITEM_PROPOSE: proposals.asked,
    Intent.DUTY_LIST: duties.asked,
}

PRESSES: dict[str, Press] = {
    "plan": Press(preparing.plan_pressed, (word, word), needed=2),  # kind, body
    "planat": Press(  # kind, wall time, body
        preparing.plan_pressed_at, (word, wall_time, word), needed=3
    ),
    "prepare": Press(preparing.shown, (number,), needed=1),
    "addpoint": Press(preparing.add_point, (number,), needed=1),
    "addsitting": Press(timetable.more, (number,), needed=1),
    "insitting": Press(timetable.of_item, (number, number, number), needed=2),  # … and sitting
    "holdsitting": Press(timetable.held, (number, number), needed=2),  # session, sitting
    "addpaper": Press(preparing.add_paper, (number, number), needed=1),  # session, item
    "point": Press(preparing.point, (number, number, word), needed=2),  # session, item, act
    "ask": Press(reasons.asked, (number, number, word), needed=3),
    "reason": Press(reasons.confirmed, (number, number, word, word), needed=4),
    "refer": Press(reasons.refer, (number, number, word), needed=2),  # to a commission
    "convene": Press(calling.convene, (number, word), needed=1),
    "togovernor": Press(calling.submit, (number, word), needed=1),
    "tellagenda": Press(calling.tell, (number, word), needed=1),
    "calloff": Press(calling.call_off, (number, word), needed=1),
    "duties": Press(duties.shown),
    "did": Press(duties.done, (number, SessionFact), needed=2),
    "undid": Press(duties.undone, (number, SessionFact), needed=2),
    "newitem": Press(proposals.begun, (number,), needed=1),
    "proposals": Press(proposals.listed, (number,), needed=1),
    "askagain": Press(questions.again, (word,), needed=1),  # a request
    "join": Press(proposals.joined, (number, number), needed=2),  # session, item
}

START: dict[str, Press] = {name: PRESSES[name] for name in ("duties", "proposals", "prepare")}

STEPS: dict[tuple[str, str], Callable[[Turn, str], Awaitable[Outcome | None]]] = {
    (reasons.FLOW, reasons.WORDS): reasons.given,
    (calling.FLOW, calling.REASON): calling.reason_given,
}

"""Who answers what in a sitting and after it: the part of handlers/routes.py on that work."""

from collections.abc import Awaitable, Callable

from domain.agenda import ItemState
from domain.decisions import DecisionFact
from handlers import decision, excuses, minutes, minutes_work, quorum, roll_vote, sitting, voting
from handlers.press import Press
from handlers.tokens import number, word
from handlers.turn import Outcome, Slots, Turn
from handlers.understanding import Intent

INTENTS: dict[Intent, Callable[[Turn, Slots], Awaitable[Outcome]]] = {
    Intent.DECISION_QUERY: decision.asked,
    Intent.VOTE_RESULT: voting.asked,
    Intent.QUORUM_STATUS: quorum.asked,
}

PRESSES: dict[str, Press] = {
    "quorum": Press(quorum.shown, (number,), needed=1),
    "roll": Press(sitting.roll_shown, (number, number), needed=1),  # session, offset
    "mark": Press(sitting.marked, (number, number, number), needed=3),  # … and person
    "markall": Press(sitting.page_marked, (number, number), needed=2),
    "markyes": Press(sitting.confirmed_marked, (number, number), needed=2),
    "opensession": Press(sitting.opened, (number, word), needed=1),
    "reconvene": Press(sitting.reconvened, (number, word, word), needed=1),  # session, wall time
    "extend": Press(sitting.extended, (number, word), needed=1),
    "close": Press(sitting.closed, (number, word), needed=1),
    "excuses": Press(excuses.shown, (number,), needed=1),
    "judge": Press(excuses.judged, (number, number, word), needed=3),  # … person, yes or no
    "vote": Press(voting.begun, (number, number), needed=2),  # session, item
    "counted": Press(voting.counted, (number, number, word, word), needed=3),  # … count, majority
    "byname": Press(roll_vote.shown, (number, number, number), needed=2),  # … and offset
    "voice": Press(roll_vote.voiced, (number, number, number), needed=3),  # … and person
    "countup": Press(roll_vote.counted_up, (number, number, word), needed=2),  # … majority
    "moveitem": Press(voting.moved, (number, number, ItemState, word), needed=3),
    "decision": Press(decision.shown, (word,), needed=1),
    "minutes": Press(minutes.shown, (number,), needed=1),
    "draftpv": Press(minutes_work.drafted, (number, word), needed=1),  # minutes of a session
    "givepv": Press(minutes_work.given, (number, word), needed=1),
    "correctpv": Press(minutes_work.corrected, (number, word), needed=1),
    "signcorrection": Press(minutes_work.correction_signed, (number, word), needed=1),
    "track": Press(decision.tracked, (word, DecisionFact, word), needed=2),
}

START: dict[str, Press] = {name: PRESSES[name] for name in ("quorum", "decision")}

STEPS: dict[tuple[str, str], Callable[[Turn, str], Awaitable[Outcome | None]]] = {
    (sitting.FLOW, sitting.ROLL): sitting.numbers_given,
    (roll_vote.FLOW, roll_vote.VOICES): roll_vote.numbers_given,
    (voting.FLOW, voting.COUNT): voting.count_given,
    (voting.FLOW, voting.REASON): voting.reason_given,
}

"""One's own written question, left unanswered: asked again for the next session."""

from actions.agenda import listing_questions
from handlers.turn import Outcome, Turn


async def again(turn: Turn, ref: str) -> Outcome:
    turn.known()
    question = await listing_questions.ask_again(turn.unit, turn.actor, ref)
    said = turn.say("question.comes_again", ref=question.ref, subject=question.about)
    return turn.settle(said)

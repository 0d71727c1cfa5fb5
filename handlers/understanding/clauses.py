"""Two wishes in one breath, told apart: `je viens, et envoyez-moi l’ordre du jour`."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from handlers.understanding.meaning import Intent, Understood
from handlers.understanding.wanted import BODY_SLOTS, DAY_SLOTS

SURELY = 0.8  # how sure both halves have to be, for what is said on the way is no wish
FIRST = 0.9  # … and the first, to be answered first when the whole sounds like the second
FEWEST_WORDS = 2  # of a half
LONGEST = 400  # characters: whoever writes more writes a letter
MOST_BREAKS = 4
BREAK = re.compile(
    r"\s*[,،;؛.!?؟\n]+\s+(?:(?:et|and|o|w|و)\s+)?"
    r"|\s+(?:et|puis|and|then|o|w|و|ثم|ومن بعد|mn be3d)\s+"
    r"|\s+و(?=\w{2})"
)
# What is said for manners' sake, or of nothing that could be asked for beside something else.
BY_THE_WAY = frozenset(
    {Intent.OTHER, Intent.GREETING, Intent.THANKS, Intent.HELP, Intent.CANCEL, Intent.COMPLAINT}
)
# Whatever is said beside these belongs to the decision.
WHOLE = frozenset(
    {
        Intent.PETITION_DECIDE,
        Intent.APPROVAL_APPROVE,
        Intent.APPROVAL_REJECT,
        Intent.APPROVAL_CHANGES,
    }
)
# What may wait until the first wish is answered.
WAITS = frozenset(
    {
        Intent.SESSION_NEXT,
        Intent.SESSION_LIST,
        Intent.SESSION_MINE,
        Intent.AGENDA_QUERY,
        Intent.AGENDA_ITEM,
        Intent.DOCUMENT_GET,
        Intent.DECISION_QUERY,
        Intent.VOTE_RESULT,
        Intent.QUORUM_STATUS,
        Intent.MINUTES_GET,
        Intent.ATTENDANCE_CONFIRM,
        Intent.ATTENDANCE_EXCUSE,
        Intent.REMINDER_SET,
        Intent.REMINDER_LIST,
        Intent.INBOX,
        Intent.PETITION_SIGN,
        Intent.PETITION_STATUS,
        Intent.PETITION_LIST,
        Intent.APPROVAL_LIST,
        Intent.SUBSCRIBE,
        Intent.DUTY_LIST,
    }
)


def parted(
    text: str, whole: Understood, understand: Callable[[str], Understood]
) -> tuple[Understood, Understood] | None:
    """Return the wish to answer and the one that waits; None of a single one.

    `whole` is what the text means as a whole. What waits is of the same day and body as the other
    one, if it names none.
    """
    if len(text) > LONGEST:
        return None
    for halves in islice(_halves(text), MOST_BREAKS):
        before = understand(halves[0])
        if not _is_a_wish(before):
            continue
        after = understand(halves[1])
        if _is_a_wish(after) and _family(after) != _family(before):
            return _ordered(whole, before, after)
    return None


def _halves(text: str) -> Iterator[tuple[str, str]]:
    for found in BREAK.finditer(text):
        halves = text[: found.start()].strip(), text[found.end() :].strip()
        if all(len(half.split()) >= FEWEST_WORDS for half in halves):
            yield halves


def _ordered(
    whole: Understood, before: Understood, after: Understood
) -> tuple[Understood, Understood] | None:
    """Return them as they were said, unless the first is doubtful; neither, if it is a third."""
    is_second = whole.intent is after.intent and before.confidence < FIRST
    answered, waiting = (after, before) if is_second else (before, after)
    if whole.intent not in {before.intent, after.intent, Intent.OTHER}:
        return None
    if waiting.intent not in WAITS or answered.intent in WHOLE:
        return None
    inherited = {
        name: value
        for names in (DAY_SLOTS, BODY_SLOTS)
        if not any(waiting.slots.get(name) for name in names)
        for name, value in answered.slots.items()
        if name in names
    }
    return answered, replace(waiting, slots={**inherited, **waiting.slots})


def _is_a_wish(meant: Understood) -> bool:
    return meant.intent not in BY_THE_WAY and meant.confidence >= SURELY


def _family(meant: Understood) -> str:
    return meant.intent.partition(".")[0]

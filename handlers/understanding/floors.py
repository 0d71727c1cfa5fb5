"""How sure one has to be to act on a meaning, rather than to ask."""

from collections.abc import Collection

from handlers.understanding.meaning import Intent

CERTAIN = 1.0  # a command, or a whole message that the law gives a meaning
FLOOR = 0.45
BINDING_FLOOR = 0.7
NEARLY_CERTAIN = 0.9  # of words in which we know no idea …
FEW_WORDS = 2  # … and of which there are so many: `chno 9erro lbare7`
OFFER_FLOOR = 0.04  # less is only noise
# What binds somebody, or is told to many, once it is done.
BINDING = frozenset(
    {
        Intent.ATTENDANCE_CONFIRM,
        Intent.ATTENDANCE_EXCUSE,
        Intent.SESSION_RESCHEDULE,
        Intent.SESSION_CONVENE,
        Intent.SESSION_CANCEL,
        Intent.APPROVAL_APPROVE,
        Intent.APPROVAL_REJECT,
        Intent.APPROVAL_CHANGES,
        Intent.PETITION_FILE,
        Intent.PETITION_DECIDE,
    }
)
# Names of when, where and which, and a bare yes or no: about what, is not said.
ABOUT_NOTHING = frozenset(
    {
        "YES",
        "NOT",
        "BODY",
        "DATE",
        "TIME",
        "NUMBER",
        "body",
        "body_alt",
        "body_kind",
        "time",
        "datetime",
    }
    | {"date", "date_alt", "date_bad", "date_from", "date_to", "date_text"}
)


def is_sure(intent: Intent, likelihood: float, named: Collection[str], said: int) -> bool:
    """Say whether to act on an intent.

    `named` are the ideas, slots and masks of what was said; `said` counts the words beside them.
    """
    if likelihood == CERTAIN:
        return True
    is_bare = bool(named) and ABOUT_NOTHING.issuperset(named)
    if is_bare and (said < FEW_WORDS or likelihood < NEARLY_CERTAIN):
        return False  # `anfa`, `et vendredi ?`: about what, is asked
    return likelihood >= (BINDING_FLOOR if intent in BINDING else FLOOR)


def is_worth_offering(intent: Intent, likelihood: float) -> bool:
    """Say whether to offer an intent to somebody who was not understood."""
    return intent is not Intent.OTHER and likelihood >= OFFER_FLOOR

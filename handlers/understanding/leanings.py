"""What must be named for an intent to be meant, and what makes one likelier."""

from collections.abc import Collection, Mapping

from handlers.understanding.meaning import Intent

# One of these ideas is named by whoever means the intent; without it the likeness is by chance.
SUBJECTS: Mapping[Intent, frozenset[str]] = {
    Intent.SESSION_NEXT: frozenset({"MEETING", "MEET", "BODY"}),
    Intent.SESSION_LIST: frozenset({"MEETING", "MEET", "BODY", "PLANNED", "EXISTS", "DATE"}),
    Intent.SESSION_DETAILS: frozenset({"MEETING", "MEET", "BODY", "START", "MOVED", "WHAT_TIME"}),
    Intent.AGENDA_QUERY: frozenset({"AGENDA", "DISCUSS", "TOPICS", "MEETING", "BODY"}),
    Intent.AGENDA_ITEM: frozenset({"ITEM", "item_number"}),
    Intent.DOCUMENT_GET: frozenset({"DOCUMENT", "CONVOCATION"}),
    Intent.ATTENDANCE_CONFIRM: frozenset({"ATTEND"}),
    Intent.ATTENDANCE_EXCUSE: frozenset({"ABSENT", "CANNOT", "NOT", "NEGATED"}),
    Intent.REMINDER_SET: frozenset({"REMIND", "offset"}),
    Intent.REMINDER_CANCEL: frozenset({"REMIND", "REMINDERS", "NO_REMIND"}),
    Intent.REMINDER_LIST: frozenset({"REMIND", "REMINDERS"}),
    Intent.NOTIFICATION_WHY: frozenset({"WHY", "SENT_ME"}),
    Intent.NOTIFICATION_MISSING: frozenset({"NOT_RECEIVED", "RECEIVED", "NOT"}),
    Intent.PREFS_LANGUAGE: frozenset({"LANGUAGE"}),
    Intent.PREFS_SHOW: frozenset({"PREFERENCES"}),
    Intent.PREFS_CHANNEL: frozenset({"CHANNEL"}),
    Intent.PREFS_DIGEST: frozenset({"DIGEST"}),
    Intent.PREFS_QUIET_HOURS: frozenset({"QUIET"}),
    Intent.SUBSCRIBE: frozenset({"FOLLOW"}),
    Intent.UNSUBSCRIBE: frozenset({"UNFOLLOW"}),
    Intent.LINK: frozenset({"LINK", "ACCOUNT"}),
    Intent.UNLINK: frozenset({"UNLINK", "REMOVE", "ACCOUNT"}),
    Intent.INBOX: frozenset({"MESSAGE", "NEW", "RECEIVED"}),
    Intent.HUMAN_HANDOFF: frozenset({"PERSON", "CONTACT", "SPEAK"}),
    Intent.HELP: frozenset({"HELP", "CAN_YOU", "HOW"}),
    Intent.CANCEL: frozenset({"REMOVE", "LEAVE_IT"}),
    Intent.GREETING: frozenset({"GREET"}),
    Intent.THANKS: frozenset({"THANKS"}),
    Intent.COMPLAINT: frozenset({"COMPLAIN", "STREET", "NUISANCE"}),
}
# A greeting before something else is only manners.
MANNERS = frozenset({Intent.GREETING})
TALK = frozenset({"MEETING", "AGENDA", "DISCUSS", "TOPICS", "DOCUMENT", "REMIND", "ITEM", "LINK"})
BEFORE_SOMETHING_ELSE = 0.4  # what is left of a greeting's likeness there
BY_CHANCE = 0.55  # what is left of a likeness without its subject
# Something named makes what is done with it likelier.
LEANINGS: Mapping[str, Mapping[Intent, float]] = {
    "offset": {Intent.REMINDER_SET: 0.15},
    "item_number": {Intent.AGENDA_ITEM: 0.08, Intent.DOCUMENT_GET: 0.06},
    "doc_kind": {Intent.DOCUMENT_GET: 0.06, Intent.NOTIFICATION_MISSING: 0.04},
    "language": {Intent.PREFS_LANGUAGE: 0.08},
    "DOCUMENT": {Intent.DOCUMENT_GET: 0.05},
    "NOT_RECEIVED": {Intent.NOTIFICATION_MISSING: 0.1},
    "CANNOT": {Intent.ATTENDANCE_EXCUSE: 0.15, Intent.ATTENDANCE_CONFIRM: -0.15},
    "ABSENT": {Intent.ATTENDANCE_EXCUSE: 0.06},
    "UNLINK": {Intent.UNLINK: 0.1},
    "REMOVE": {Intent.REMINDER_CANCEL: 0.08, Intent.UNLINK: 0.06, Intent.CANCEL: 0.04},
    "NO_REMIND": {Intent.REMINDER_CANCEL: 0.15},
    "AGENDA": {Intent.AGENDA_QUERY: 0.06},
    "WHY": {Intent.NOTIFICATION_WHY: 0.05},
    "NUISANCE": {Intent.COMPLAINT: 0.08},
    "PREFERENCES": {Intent.PREFS_SHOW: 0.1},
    "DIGEST": {Intent.PREFS_DIGEST: 0.12},
    "QUIET": {Intent.PREFS_QUIET_HOURS: 0.12},
    "FOLLOW": {Intent.SUBSCRIBE: 0.1},
    "UNFOLLOW": {Intent.UNSUBSCRIBE: 0.15},
    "CHANNEL": {Intent.PREFS_CHANNEL: 0.05},
}
# What binds a person is never heard in words that do not name it.
BINDING = frozenset({Intent.ATTENDANCE_CONFIRM, Intent.ATTENDANCE_EXCUSE})
CLEAR_FLOOR = 0.2  # with a subject named, this likeness is enough …
FLOOR = 0.28  # … and without, this
ONLY_MASKS = frozenset(
    {"BODY", "DATE", "TIME", "NUMBER", "body", "body_alt", "body_kind", "time", "datetime"}
    | {"date", "date_alt", "date_bad", "date_from", "date_to", "date_text"}
)
OFFER_FLOOR = 0.05  # less is only noise


def weighed(likeness: Mapping[Intent, float], named: Collection[str]) -> dict[Intent, float]:
    """Return how likely each intent is, given the ideas, slots and masks that were named."""
    scores = {
        intent: score if is_subject_named(intent, named) else score * BY_CHANCE
        for intent, score in likeness.items()
    }
    if not TALK.isdisjoint(named):
        for intent in MANNERS & scores.keys():
            scores[intent] *= BEFORE_SOMETHING_ELSE
    for name, leanings in LEANINGS.items():
        if name in named:
            for intent, more in leanings.items():
                if intent in scores:
                    scores[intent] += more
    return scores


def is_worth_offering(intent: Intent, score: float) -> bool:
    """Return whether to offer an intent to somebody who was not understood."""
    return intent in SUBJECTS and score >= OFFER_FLOOR


def is_subject_named(intent: Intent, named: Collection[str]) -> bool:
    subjects = SUBJECTS.get(intent)
    return subjects is None or not subjects.isdisjoint(named)


def is_clear(intent: Intent, score: float, named: Collection[str]) -> bool:
    """Return whether a likeness is enough to act on, rather than to ask."""
    if named and ONLY_MASKS.issuperset(named):  # `anfa`, `et vendredi ?`: about what, is asked
        return False
    if intent in SUBJECTS and is_subject_named(intent, named):
        return score >= CLEAR_FLOOR
    return score >= FLOOR and intent not in BINDING

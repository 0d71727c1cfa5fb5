"""What an utterance can mean, and the bodies it can speak of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Intent(StrEnum):
    SESSION_NEXT = "session.next"
    SESSION_LIST = "session.list"
    SESSION_DETAILS = "session.details"
    SESSION_RESCHEDULE = "session.reschedule"
    SESSION_PLAN = "session.plan"
    SESSION_PREPARE = "session.prepare"
    SESSION_CONVENE = "session.convene"
    SESSION_CANCEL = "session.cancel"
    SESSION_MINE = "session.mine"
    ITEM_PROPOSE = "item.propose"
    DUTY_LIST = "duty.list"
    AGENDA_QUERY = "agenda.query"
    AGENDA_ITEM = "agenda.item"
    ITEM_STATUS = "item.status"
    DOSSIER_STATUS = "dossier.status"
    DOCUMENT_GET = "document.get"
    DECISION_QUERY = "decision.query"
    VOTE_RESULT = "vote.result"
    QUORUM_STATUS = "quorum.status"
    MINUTES_GET = "minutes.get"
    MINUTES_STATUS = "minutes.status"
    ATTENDANCE_CONFIRM = "attendance.confirm"
    ATTENDANCE_EXCUSE = "attendance.excuse"
    REMINDER_SET = "reminder.set"
    REMINDER_CANCEL = "reminder.cancel"
    REMINDER_LIST = "reminder.list"
    NOTIFICATION_WHY = "notification.why"
    NOTIFICATION_MISSING = "notification.missing"
    INBOX = "inbox"
    PETITION_REQUIREMENTS = "petition.requirements"
    PETITION_FILE = "petition.file"
    PETITION_SIGN = "petition.sign"
    PETITION_UNSIGN = "petition.unsign"
    PETITION_STATUS = "petition.status"
    PETITION_LIST = "petition.list"
    PETITION_DECIDE = "petition.decide"
    APPROVAL_LIST = "approval.list"
    APPROVAL_REQUEST = "approval.request"
    APPROVAL_APPROVE = "approval.approve"
    APPROVAL_REJECT = "approval.reject"
    APPROVAL_CHANGES = "approval.changes"
    APPROVAL_STATUS = "approval.status"
    APPROVAL_HISTORY = "approval.history"
    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"
    PREFS_SHOW = "prefs.show"
    PREFS_CHANNEL = "prefs.channel"
    PREFS_DIGEST = "prefs.digest"
    PREFS_QUIET_HOURS = "prefs.quiet_hours"
    PREFS_LANGUAGE = "prefs.language"
    QUESTION_SUBMIT = "question.submit"
    MEMBER_QUERY = "member.query"
    MEDIA_LOG = "media.log"
    PRESS_REVIEW_GET = "press_review.get"
    EDITORIAL_QUERY = "editorial.query"
    MAYOR_AGENDA_QUERY = "mayor_agenda.query"
    AUDIENCE_REQUEST = "audience.request"
    MAIL_REGISTER = "mail.register"
    LINK = "link"
    UNLINK = "unlink"
    HELP = "help"
    CANCEL = "cancel"
    GREETING = "greeting"
    THANKS = "thanks"
    HUMAN_HANDOFF = "human.handoff"
    COMPLAINT = "out_of_scope.complaint"
    OTHER = "out_of_scope.other"


@dataclass(frozen=True, slots=True)
class KnownBody:
    """A body as people may name it: `key` for machines, `names` in every script and spelling."""

    key: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """What was meant, how surely (0 to 1), and what was named on the way.

    `language` is the one spoken: fr, en, ar, `ary` (Darija) or `ary-Latn` (Darija in Latin
    letters and digits). `alternatives` are the likeliest other readings, best first.

    Slots, all of them optional, dates being local to the commune:
        body            key of a known body; `body_alt`: keys that fit as well;
                        `body_kind`: `commission` or `arrondissement` named without saying which
        mine            True when the person speaks of their own bodies
        upcoming        True when they speak of what comes next
        date            ISO date; `date_alt`: the other reading of an ambiguous one
        date_from/_to   ISO dates, both included
        datetime        ISO wall time; `time`: an hour (HH:MM) without a day
        date_text       the words that named it; `date_bad`: those of a day that does not exist
        offset          how long before (`-P2D`, `-PT2H`), with `time` when at a wall hour
        item_number, doc_kind (domain.documents.DocumentKind; of what is approved, one of
        `[draft_kind]` in words/slots.toml), session_kind, language, token
        petition_ref (PET-2026-0012), decision_ref (DEL-2025-143), approval_ref (APP-61)
        topic, reason, comment, place   in the person's own words
        ask             what is asked of it: threshold, time, place, pending_with, against…
        target          of a reminder: session, meeting or commission
        person, addressee   an office (president…), or a name
        outlet, deadline    of the press; direction, sender, assignee of a letter
        decision        accept or reject, of a petition; `whose`: `mine`, of those one lists
        channel_on, channel_off   lists of channels (domain.addresses.Channel); `only`: no others
        frequency       a domain.wishes.Rhythm; `weekday`: monday…
        quiet_from, quiet_to      wall hours; `weekdays`: a list; `quiet_off`: no quiet hours
        object_kind     session, decision, reminder…; `scope`: `only` that, or `all`
    """

    intent: Intent
    confidence: float
    slots: Mapping[str, object] = field(default_factory=dict)
    language: str = "fr"
    alternatives: tuple[Intent, ...] = ()

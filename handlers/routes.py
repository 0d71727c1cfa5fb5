"""Who answers what, as tables: look here first. handlers/answering.py reads them, in its order."""

from collections.abc import Awaitable, Callable

from domain.letters import Drawer, Later
from domain.petitions import PetitionKind
from domain.session_facts import SessionFact
from domain.sheets import RESUME
from handlers import (
    agenda,
    approvals,
    attend,
    beyond,
    cancel,
    desk,
    document,
    filling,
    following,
    group,
    help,
    history,
    inbox,
    item,
    language,
    link,
    match,
    member,
    minutes,
    more,
    petition,
    petition_forms,
    petition_work,
    preferences,
    proving,
    published,
    remind,
    reschedule,
    search,
    session,
    session_routes,
    sign,
    sign_forms,
    sitting_routes,
    texts,
    why,
)
from handlers.press import Press
from handlers.tokens import number, wall_time, word
from handlers.turn import Outcome, Slots, Turn
from handlers.understanding import Intent

Answer = Callable[[Turn, Slots], Awaitable[Outcome]]

INTENTS: dict[Intent, Answer] = {
    Intent.AGENDA_QUERY: search.agenda_asked,
    Intent.AGENDA_ITEM: search.item_asked,
    Intent.DOCUMENT_GET: search.papers_asked,
    Intent.SESSION_NEXT: session.next_asked,
    Intent.SESSION_LIST: session.list_asked,
    Intent.SESSION_DETAILS: session.details_asked,
    Intent.ATTENDANCE_CONFIRM: attend.come_asked,
    Intent.ATTENDANCE_EXCUSE: attend.excuse_asked,
    Intent.REMINDER_SET: remind.set_asked,
    Intent.REMINDER_LIST: remind.list_asked,
    Intent.REMINDER_CANCEL: remind.cancel_asked,
    Intent.NOTIFICATION_WHY: why.asked,
    Intent.NOTIFICATION_MISSING: why.missing,
    Intent.INBOX: inbox.asked,
    Intent.PREFS_LANGUAGE: language.asked,
    Intent.PREFS_SHOW: preferences.asked,
    Intent.PREFS_CHANNEL: preferences.channel_asked,
    Intent.PREFS_DIGEST: preferences.digest_asked,
    Intent.PREFS_QUIET_HOURS: preferences.quiet_asked,
    Intent.SUBSCRIBE: following.subscribe_asked,
    Intent.UNSUBSCRIBE: following.unsubscribe_asked,
    Intent.LINK: link.asked,
    Intent.UNLINK: link.unlink_asked,
    Intent.HELP: help.asked,
    Intent.GREETING: help.greeted,
    Intent.THANKS: help.thanked,
    Intent.HUMAN_HANDOFF: filling.beginning("message"),
    Intent.COMPLAINT: help.complained,
    Intent.OTHER: help.out_of_scope,
    Intent.CANCEL: cancel.asked,
    Intent.MINUTES_GET: minutes.asked,
    Intent.ITEM_STATUS: search.status_asked,
    Intent.DOSSIER_STATUS: search.status_asked,
    Intent.MINUTES_STATUS: minutes.status_asked,
    Intent.MEMBER_QUERY: member.asked,
    Intent.PETITION_REQUIREMENTS: petition.required,
    Intent.PETITION_FILE: petition.file_asked,
    Intent.PETITION_SIGN: sign.asked,
    Intent.PETITION_UNSIGN: sign.unsign_asked,
    Intent.PETITION_STATUS: petition.status_asked,
    Intent.PETITION_LIST: petition.list_asked,
    Intent.PETITION_DECIDE: petition_work.decide_asked,
    Intent.APPROVAL_LIST: approvals.list_asked,
    Intent.APPROVAL_REQUEST: texts.request_asked,
    Intent.APPROVAL_APPROVE: approvals.approve_asked,
    Intent.APPROVAL_REJECT: approvals.reject_asked,
    Intent.APPROVAL_CHANGES: approvals.changes_asked,
    Intent.APPROVAL_STATUS: approvals.status_asked,
    Intent.APPROVAL_HISTORY: approvals.history_asked,
    Intent.MEDIA_LOG: filling.beginning("media"),
    Intent.PRESS_REVIEW_GET: beyond.press,
    Intent.EDITORIAL_QUERY: beyond.press,
    Intent.MAYOR_AGENDA_QUERY: beyond.cabinet,
    Intent.AUDIENCE_REQUEST: filling.beginning("audience"),
    Intent.QUESTION_SUBMIT: filling.beginning("question"),
    Intent.MAIL_REGISTER: filling.beginning("mail"),
    Intent.SESSION_RESCHEDULE: reschedule.asked,
    **session_routes.INTENTS,
    **sitting_routes.INTENTS,
}

# Those that speak of a day or a body, which may first have to be asked.
OF_A_SESSION = frozenset(
    {
        Intent.AGENDA_QUERY,
        Intent.AGENDA_ITEM,
        Intent.DOCUMENT_GET,
        Intent.MINUTES_GET,
        Intent.SESSION_NEXT,
        Intent.SESSION_LIST,
        Intent.SESSION_DETAILS,
        Intent.ATTENDANCE_CONFIRM,
        Intent.ATTENDANCE_EXCUSE,
        Intent.REMINDER_SET,
    }
)


PRESSES: dict[str, Press] = {
    "agenda": Press(agenda.shown, (number, number), needed=1),  # session, offset
    "session": Press(session.shown, (number,), needed=1),
    "item": Press(item.shown, (number, number), needed=2),  # session, item
    "docs": Press(document.shown, (number, number), needed=1),  # session, offset
    "paper": Press(document.one_shown, (number, number), needed=2),  # session, document
    "history": Press(history.of_item, (number, number), needed=2),  # session, item
    "minute": Press(minutes.noted, (number, SessionFact), needed=2),
    "unminute": Press(minutes.struck, (number, SessionFact), needed=2),
    "members": Press(member.shown, (word,), needed=1),  # a body
    "attend": Press(attend.pressed, (number, word), needed=1),  # session, yes or no
    "excuse": Press(attend.excuse_pressed, (number, word), needed=1),
    "remind": Press(remind.pressed, (number, word), needed=1),  # session, rule
    "unremind": Press(remind.undone, (number, word), needed=2),
    "forget": Press(remind.forgotten, (remind.which,), needed=1),  # session, or all
    "reminders": Press(remind.listed),
    "why": Press(why.shown, (number,)),  # notice
    "inbox": Press(inbox.shown, (number,)),  # offset
    "drawer": Press(inbox.drawer_shown, (Drawer, number), needed=1),  # drawer, offset
    "letter": Press(inbox.opened, (number,), needed=1),
    "archive": Press(inbox.archived, (number,), needed=1),
    "restore": Press(inbox.restored, (number,), needed=1),
    "unread": Press(inbox.kept_unread, (number,), needed=1),
    "later": Press(inbox.put_off, (number,), needed=1),
    "snooze": Press(inbox.snoozed, (number, Later), needed=2),  # letter, when
    "lang": Press(language.chosen, (word,), needed=1),
    "prefs": Press(preferences.shown),
    "channel": Press(preferences.channel_chosen, (word, word), needed=2),
    "digest": Press(preferences.digest_chosen, (word,), needed=1),  # a rhythm
    "quiet": Press(preferences.quiet_chosen, (word,), needed=1),  # 21:00-07:00, or none
    "match": Press(match.decided, (number, word), needed=2),  # match, yes or no
    "follow": Press(following.followed, (word,), needed=1),
    "unfollow": Press(following.unfollowed, (word,), needed=1),
    "stop": Press(following.stopped, (word,)),  # here, or everywhere
    "resume": Press(following.resumed),
    "unprefs": Press(preferences.undone, (number,), needed=1),  # a change
    "unlink": Press(link.unlinked, (word,)),
    "untie": Press(link.untied, (number,), needed=1),  # an address of theirs
    "move": Press(reschedule.pressed, (number, wall_time, word), needed=2),
    "petition": Press(petition.shown, (number,), needed=1),
    "petitions": Press(petition.listed),
    "petnew": Press(petition.begun, (PetitionKind,), needed=1),
    "petfollow": Press(petition.followed, (number, word), needed=1),  # or no more
    "petfile": Press(petition.filed, (number, word), needed=1),
    "petadd": Press(petition.added, (number,), needed=1),
    "petreceipt": Press(petition.receipt, (number,), needed=1),
    "petwithdraw": Press(petition.withdrawn, (number, word), needed=1),
    "petshare": Press(sign.shared, (number,), needed=1),
    "sign": Press(sign.begun, (number,), needed=1),
    "unsign": Press(sign.unsigned, (number,), needed=1),
    "petwork": Press(petition_work.pressed, (word, number, word), needed=2),  # act, petition
    "text": Press(published.shown, (number,), needed=1),  # that is out
    "approvals": Press(approvals.listed),
    "approval": Press(approvals.shown, (number,), needed=1),  # a text
    # A text, its round, and the letters of its sha256 that were shown.
    "approve": Press(approvals.approved, (number, number, word, word), needed=3),
    "changes": Press(approvals.changed, (number, number, word), needed=3),
    "reject": Press(approvals.rejected, (number, number, word), needed=3),
    "trail": Press(approvals.trail, (number,), needed=1),
    "submit": Press(texts.submitted, (number,), needed=1),
    "rewrite": Press(texts.rewritten, (number,), needed=1),
    "recall": Press(texts.recalled, (number, word), needed=1),
    "withdraw": Press(texts.withdrawn, (number,), needed=1),
    "propose": Press(texts.proposed, (number, word), needed=1),  # a session's agenda
    "write": Press(texts.written),
    "delegate": Press(texts.delegated),
    "undelegate": Press(texts.undelegated, (number,), needed=1),
    **session_routes.PRESSES,
    **sitting_routes.PRESSES,
    "cancel": Press(cancel.pressed),
    "more": Press(more.shown, (word,)),  # of our last answer, or of a notice
    "help": Press(help.pressed),
    "desk": Press(desk.shown),
    RESUME: Press(  # which form, which way, which answer
        filling.pressed, (filling.form_name, filling.way, word), needed=1
    ),
}

# What a deep link may open, `?start=s_12`: only what shows or asks, since whoever opens a link is
# not who wrote it. What is none of these is a code that links.
START: dict[str, Press] = {
    "s": Press(session.shown, (number,), needed=1),
    "agenda": Press(agenda.shown, (number,), needed=1),
    "docs": Press(document.shown, (number,), needed=1),
    "attend": Press(attend.pressed, (number,), needed=1),
    "remind": Press(remind.pressed, (number,), needed=1),
    "reminders": Press(remind.listed),
    "inbox": Press(inbox.shown),
    "approvals": Press(approvals.listed),
    "approval": Press(approvals.shown, (number,), needed=1),
    "prefs": Press(preferences.shown),
    "petition": Press(petition.shown, (number,), needed=1),
    "petitions": Press(petition.listed),
    "sign": Press(sign.begun, (number,), needed=1),
    "link": Press(link.opened),
    **session_routes.START,
    **sitting_routes.START,
    "help": Press(help.pressed),
}

# In a group everybody reads the answer: what is not named in these two is answered in private.
IN_A_GROUP: dict[Intent, Answer] = {
    **{
        intent: INTENTS[intent]
        for intent in (
            Intent.AGENDA_QUERY,
            Intent.AGENDA_ITEM,
            Intent.DOCUMENT_GET,
            Intent.MINUTES_GET,
            Intent.SESSION_NEXT,
            Intent.SESSION_LIST,
            Intent.SESSION_DETAILS,
            Intent.PREFS_LANGUAGE,
            Intent.THANKS,
            Intent.COMPLAINT,
            Intent.PETITION_REQUIREMENTS,
            Intent.PETITION_STATUS,
            Intent.PETITION_LIST,
            Intent.OTHER,
            Intent.CANCEL,
        )
    },
    Intent.SUBSCRIBE: group.follow_asked,
    Intent.UNSUBSCRIBE: group.unfollow_asked,
    Intent.HELP: group.helped,
    Intent.GREETING: group.helped,
}
PRESSES_IN_A_GROUP: dict[str, Press] = {
    **{
        name: PRESSES[name]
        for name in (
            *("agenda", "session", "item", "docs", "paper", "lang", "cancel"),
            *("petition", "petitions"),
        )
    },
    "follow": Press(group.followed, (word,), needed=1),
    "unfollow": Press(group.unfollowed, (word,), needed=1),
}

# Where in a private talk somebody is led who asked in a group: an entrance of START.
ENTRANCES: dict[Intent, str] = {
    Intent.INBOX: "inbox",
    Intent.APPROVAL_LIST: "approvals",
    Intent.REMINDER_LIST: "reminders",
    Intent.REMINDER_CANCEL: "reminders",
    Intent.PREFS_SHOW: "prefs",
    Intent.PREFS_CHANNEL: "prefs",
    Intent.PREFS_DIGEST: "prefs",
    Intent.PREFS_QUIET_HOURS: "prefs",
    Intent.LINK: "link",
    Intent.PETITION_FILE: "petitions",
    Intent.PETITION_SIGN: "petitions",
}


# The questions that take whatever is said as their answer; None: it was none after all.
STEPS: dict[tuple[str, str], Callable[[Turn, str], Awaitable[Outcome | None]]] = {
    (attend.FLOW, attend.REASON): attend.reason_given,
    (link.FLOW, link.CODE): link.code_given,
    (proving.FLOW, proving.CODE): proving.code_given,
    **session_routes.STEPS,
    **sitting_routes.STEPS,
    **petition_forms.STEPS,
    **petition_work.STEPS,
    **sign_forms.STEPS,
    **filling.STEPS,
}

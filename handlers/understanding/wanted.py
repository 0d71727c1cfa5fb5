"""Which slots belong to which intent: a table, and how each is found in an utterance."""

import re
from collections.abc import Callable, Mapping
from functools import partial

from handlers.understanding import correspondence, details, wishes
from handlers.understanding.lexicon import lexicon
from handlers.understanding.marks import looks_forward
from handlers.understanding.meaning import Intent
from handlers.understanding.references import lone
from handlers.understanding.subjects import subject, titled
from handlers.understanding.utterance import Utterance

Reader = Callable[[Utterance], Mapping[str, object]]

DAY_SLOTS = (
    "date",
    "date_alt",
    "date_from",
    "date_to",
    "datetime",
    "time",
    "date_text",
    "date_bad",
)
BODY_SLOTS = ("body", "body_alt", "body_kind", "mine")
COUNCIL_MONTHS = frozenset({"02", "05", "10"})  # of its ordinary sessions: loi organique 113-14, 33
REJECT = "reject"
PAST = frozenset(
    {
        Intent.MINUTES_GET,
        Intent.MINUTES_STATUS,
        Intent.DECISION_QUERY,
        Intent.VOTE_RESULT,
        Intent.QUORUM_STATUS,
        Intent.ITEM_STATUS,
    }
)
SESSION_WORD = re.compile(r"دور[ةه]|dawra|session", re.IGNORECASE)


def filled(intent: Intent, utterance: Utterance) -> dict[str, object]:
    """Return the slots of an intent; those of no intent are all that was named."""
    if intent in PAST and not looks_forward(utterance.words):
        utterance = utterance.of_what_was()
    slots: dict[str, object] = {}
    for read in WANTED[intent]:
        slots.update(read(utterance))
    return slots


def _named(slots: tuple[str, ...], utterance: Utterance) -> Mapping[str, object]:
    named = utterance.slots
    return {slot: named[slot] for slot in slots if slot in named}


def _first(table: str, slot: str, utterance: Utterance) -> Mapping[str, object]:
    """Return the first thing of a lexicon that is named."""
    hits = lexicon("slots", table).found(utterance.words)
    return {slot: hits[0].value} if hits else {}


def _all(table: str, utterance: Utterance) -> Mapping[str, object]:
    """Return what is asked about something, each thing once."""
    hits = lexicon("slots", table).found(utterance.words)
    return {"ask": list(dict.fromkeys(hit.value for hit in hits))} if hits else {}


def _reference(kind: str, utterance: Utterance) -> Mapping[str, object]:
    """Return the reference given, or the number said where only one thing can be numbered."""
    given = next((one for one in utterance.references if one.kind == kind), None)
    taken = frozenset(at for one in utterance.references for at in one.said)
    taken |= frozenset(utterance.time.masks)
    found = given or lone(kind, utterance.words, utterance.marks, taken)
    return {f"{kind}_ref": found.written(utterance.today.year)} if found else {}


def _decision(utterance: Utterance) -> Mapping[str, object]:
    given = [one for one in utterance.references if one.kind == "decision"]
    return {"decision_ref": given[0].written(utterance.today.year)} if given else {}


def _topic(utterance: Utterance) -> Mapping[str, object]:
    told = subject(utterance)
    return {"topic": told} if told else {}


def _about(utterance: Utterance) -> Mapping[str, object]:
    """Return a topic only where it is said that something is about it."""
    told = subject(utterance, cues=("surest",))
    return {"topic": told} if told else {}


def _title(utterance: Utterance) -> Mapping[str, object]:
    told = titled(utterance) or subject(utterance)
    return {"topic": told} if told else {}


def _nuisance(utterance: Utterance) -> Mapping[str, object]:
    ideas = lexicon("concepts", "concept").found(utterance.words)
    hit = next((hit for hit in ideas if hit.value == "NUISANCE"), None)
    if hit is None:
        return {}
    first, last = utterance.words[hit.first], utterance.words[hit.last]
    return {"topic": utterance.text[first.start : last.end]}


def _reason(utterance: Utterance) -> Mapping[str, object]:
    told = details.reason(utterance.text)
    return {"reason": told} if told else {}


def _decided(utterance: Utterance) -> Mapping[str, object]:
    decision = _first("petition_decision", "decision", utterance)
    return {**decision, **_reason(utterance)} if decision.get("decision") == REJECT else decision


def _comment(utterance: Utterance) -> Mapping[str, object]:
    kinds = lexicon("slots", "draft_kind").found(utterance.words)
    after = utterance.words[kinds[0].last].end if kinds else 0
    told = details.comment(utterance.text, after)
    return {"comment": told} if told else {}


def _token(utterance: Utterance) -> Mapping[str, object]:
    told = details.token(utterance.text)
    return {"token": told} if told else {}


def _mine(utterance: Utterance) -> Mapping[str, object]:
    is_mine = lexicon("slots", "mine_to_do").found(utterance.words)
    return {"assignee": "me"} if is_mine else {}


def _council_of_a_month(utterance: Utterance) -> Mapping[str, object]:
    """The session of a month of the council’s ordinary sessions is the council’s, by law."""
    said = utterance.time.slots
    is_month = str(said.get("date_from", ""))[-2:] == "01" and said.get("date_to")
    if not is_month or utterance.body.slots or not SESSION_WORD.search(utterance.text):
        return {}
    month = str(said["date_from"])[5:7]
    council = utterance.council
    return {"body": council} if council and month in COUNCIL_MONTHS else {}


def _town(utterance: Utterance) -> Mapping[str, object]:
    """A petition to the town is one to its council."""
    named = not utterance.body.slots and lexicon("slots", "town").found(utterance.words)
    return {"body": utterance.council} if named and utterance.council else {}


def _target(utterance: Utterance) -> Mapping[str, object]:
    """Return what one is reminded of, unless a body was named and nothing but its own words."""
    hits = lexicon("slots", "target").found(utterance.words)
    named = utterance.body.said if "body" in utterance.body.slots else frozenset[int]()
    free = [hit.value for hit in hits if hit.first not in named]
    return {"target": free[0]} if free else {}


def _wish(intent: Intent, utterance: Utterance) -> Mapping[str, object]:
    return wishes.wished(intent, utterance.words)


when: Reader = partial(_named, DAY_SLOTS)
where: Reader = partial(_named, BODY_SLOTS)
upcoming: Reader = partial(_named, ("upcoming",))
kind: Reader = partial(_named, ("session_kind",))
item: Reader = partial(_named, ("item_number",))
document: Reader = partial(_named, ("doc_kind",))
draft: Reader = partial(_first, "draft_kind", "doc_kind")
petition: Reader = partial(_reference, "petition")
approval: Reader = partial(_reference, "approval")
SESSION = (when, where, kind, upcoming)
DRAFT = (approval, draft, _topic)
PETITION = (petition, where, _topic)

WANTED: Mapping[Intent, tuple[Reader, ...]] = {
    Intent.SESSION_NEXT: SESSION,
    Intent.SESSION_LIST: SESSION,
    Intent.SESSION_DETAILS: (*SESSION, partial(_all, "asked_of_a_session")),
    Intent.SESSION_RESCHEDULE: (when, where, kind, _reason),
    Intent.SESSION_PLAN: (when, where, kind),
    Intent.SESSION_PREPARE: (when, where, kind),
    Intent.SESSION_CONVENE: (when, where, kind),
    Intent.SESSION_CANCEL: (when, where, kind),
    Intent.SESSION_MINE: (where,),
    Intent.ITEM_PROPOSE: (where,),
    Intent.DUTY_LIST: (where,),
    Intent.AGENDA_QUERY: (*SESSION, _council_of_a_month, _about),
    Intent.AGENDA_ITEM: (item, *SESSION, _topic),
    Intent.ITEM_STATUS: (item, when, where, kind, _topic),
    Intent.DOSSIER_STATUS: (where, _decision, petition, _topic),
    Intent.DOCUMENT_GET: (item, document, *SESSION, _decision, _topic),
    Intent.DECISION_QUERY: (when, where, kind, _decision, _topic, _council_of_a_month),
    Intent.VOTE_RESULT: (
        *(item, when, where, _decision, _topic),
        partial(_all, "asked_of_a_vote"),
    ),
    Intent.QUORUM_STATUS: (when, where, kind),
    Intent.MINUTES_GET: (when, where, kind, upcoming),
    Intent.MINUTES_STATUS: (when, where, kind),
    Intent.ATTENDANCE_CONFIRM: (when, where, kind),
    Intent.ATTENDANCE_EXCUSE: (when, where, kind, _reason),
    Intent.REMINDER_SET: (when, where, kind, partial(_named, ("offset",)), _target, item),
    Intent.REMINDER_CANCEL: (when, where, _target),
    Intent.REMINDER_LIST: (when, where),
    Intent.NOTIFICATION_WHY: (when, where, document),
    Intent.NOTIFICATION_MISSING: (when, where, draft, document, kind),
    Intent.INBOX: (),
    Intent.PETITION_REQUIREMENTS: (where, _town, partial(_all, "asked_of_petitions")),
    Intent.PETITION_FILE: (where, _town, _title),
    Intent.PETITION_SIGN: PETITION,
    Intent.PETITION_UNSIGN: PETITION,
    Intent.PETITION_STATUS: PETITION,
    Intent.PETITION_LIST: (when, where, _town, _about, partial(_first, "whose", "whose")),
    Intent.PETITION_DECIDE: (petition, _decided),
    Intent.APPROVAL_LIST: (draft, _mine),
    Intent.APPROVAL_REQUEST: (*DRAFT, correspondence.person),
    Intent.APPROVAL_APPROVE: DRAFT,
    Intent.APPROVAL_REJECT: (approval, draft, _reason),
    Intent.APPROVAL_CHANGES: (approval, draft, _comment),
    Intent.APPROVAL_STATUS: (*DRAFT, partial(_all, "asked_of_an_approval")),
    Intent.APPROVAL_HISTORY: DRAFT,
    Intent.SUBSCRIBE: (where, item, _topic, partial(_wish, Intent.SUBSCRIBE)),
    Intent.UNSUBSCRIBE: (where, item, _topic, partial(_wish, Intent.UNSUBSCRIBE)),
    Intent.PREFS_SHOW: (),
    Intent.PREFS_CHANNEL: (partial(_wish, Intent.PREFS_CHANNEL),),
    Intent.PREFS_DIGEST: (partial(_wish, Intent.PREFS_DIGEST),),
    Intent.PREFS_QUIET_HOURS: (partial(_wish, Intent.PREFS_QUIET_HOURS),),
    Intent.PREFS_LANGUAGE: (partial(_named, ("language",)),),
    Intent.QUESTION_SUBMIT: (_title, correspondence.addressee),
    Intent.MEMBER_QUERY: (where, partial(_first, "office", "office"), correspondence.person),
    Intent.MEDIA_LOG: (correspondence.outlet, _topic, correspondence.deadline),
    Intent.PRESS_REVIEW_GET: (when, _topic),
    Intent.EDITORIAL_QUERY: (when, _about),
    Intent.MAYOR_AGENDA_QUERY: (when,),
    Intent.AUDIENCE_REQUEST: (when, correspondence.person, _topic),
    Intent.MAIL_REGISTER: (correspondence.mail, _topic),
    Intent.LINK: (_token,),
    Intent.UNLINK: (),
    Intent.HELP: (),
    Intent.CANCEL: (),
    Intent.GREETING: (),
    Intent.THANKS: (),
    Intent.HUMAN_HANDOFF: (),
    Intent.COMPLAINT: (_nuisance, correspondence.place),
    Intent.OTHER: (lambda utterance: utterance.slots,),
}

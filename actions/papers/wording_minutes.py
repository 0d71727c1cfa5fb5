"""The words of a session's minutes, made from what is on record of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from actions.sessions.rolling import Roll
from actions.wording import Meeting, place, said
from domain.agenda import AgendaItem
from domain.decisions import Decision
from domain.messages import Attachment, Choice, Message
from domain.notices import Content
from domain.phrasebook import LANGUAGES, Named, phrasebook
from domain.publications import Text, Texts
from domain.rolls import Presence, RollCall
from domain.session_facts import SessionFact
from domain.votes import Voice, Vote


@dataclass(frozen=True, slots=True)
class Record:
    """All that is on record of a session; votes and decisions by item, `days` by what happened."""

    called: Meeting
    roll: Roll
    counted: Sequence[RollCall]
    votes: Mapping[int, Sequence[Vote]]
    decisions: Mapping[int, Sequence[Decision]]
    days: Mapping[SessionFact, date]

    @property
    def names(self) -> Mapping[int, str]:
        return {seat.person_id: seat.name for seat in self.roll.seats}


def minutes(record: Record) -> Texts:
    """Return the minutes as a first draft, in every language.

    What was debated behind closed doors is counted, not told: a paper for every member, and later
    for everybody, is no place for it (law 113-14, art. 48).
    """
    return {
        language: Text(title(record, language), _body(record, language)) for language in LANGUAGES
    }


def title(record: Record, language: str) -> str:
    day = record.called.opening.starts.date()
    return _say("minutes.title", language, session=record.called.name(language), day=day)


def given(
    ref: str, texts: Texts, papers: Mapping[str, Sequence[Attachment]], session_id: int
) -> Content:
    """Hand a member their copy (art. 273)."""
    return {
        language: Message(
            _say("minutes.given_text", language, ref=ref),
            language,
            title=texts[language].title,
            choices=(Choice(_say("session.see_agenda", language), f"agenda:{session_id}"),),
            attachments=tuple(papers[language]),
        )
        for language in texts
    }


def _body(record: Record, language: str) -> str:
    items = said(record.called.items)
    parts = ["\n".join(_opening(record, language))]
    parts += ["\n".join(_item(record, item, language)) for item in items]
    closed = record.days.get(SessionFact.CLOSED)
    if closed:
        parts.append(_say("minutes.closed", language, day=closed))
    return "\n\n".join(parts)


def _opening(record: Record, language: str) -> Iterator[str]:
    for sitting in record.called.sittings:
        where = place(sitting, language)
        facts: dict[str, object] = {"number": sitting.number, "starts": sitting.starts}
        yield _say("minutes.sitting", language, place=where, **facts)
    for one in record.counted:
        key = "minutes.counted" if one.has_quorum else "minutes.no_quorum"
        facts = {"day": one.on, "present": one.present, "in_office": one.in_office}
        yield _say(key, language, needed=one.needed, **facts)
    for presence in Presence if record.roll.counted else ():
        names = [seat.name for seat in record.roll.seats if seat.presence is presence]
        if names:
            yield _say(f"minutes.{presence}", language, names=names)


def _item(record: Record, item: AgendaItem, language: str) -> Iterator[str]:
    if not item.is_public:
        yield _say("minutes.item_closed", language, number=item.number)
        return
    yield _say("minutes.item", language, number=item.number, title=item.title)
    for vote in record.votes.get(item.id, ()):
        yield from _vote(record, vote, language)
    yield _say("minutes.item_state", language, state=Named(f"council.item_{item.state}"))
    if item.withdrawn_reason:
        yield _say("session.reason", language, reason=item.withdrawn_reason)
    for decision in record.decisions.get(item.id, ()):
        yield _say("minutes.decision", language, ref=decision.ref, text=decision.text)


def _vote(record: Record, vote: Vote, language: str) -> Iterator[str]:
    yield _say(
        "minutes.vote",
        language,
        day=vote.on,
        in_favour=vote.count.in_favour,
        against=vote.count.against,
        abstained=vote.count.abstained,
        majority=Named(f"vote.majority_{vote.majority}"),
        result=Named(f"vote.result_{vote.result}"),
    )
    names = record.names
    for voice in Voice:
        voted = [
            names.get(person, f"#{person}")
            for person, said_ in vote.named.items()
            if said_ is voice
        ]
        if voted:
            yield _say(f"minutes.voice_{voice}", language, names=voted)


def _say(key: str, language: str, /, **facts: object) -> str:
    return phrasebook().say(key, language, **facts)

"""The words of what is told around a sitting: a failed quorum, a new convocation, a vote."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from actions.wording import Meeting, convocation, place
from domain.agenda import ICONS, AgendaItem
from domain.decisions import Decision
from domain.forecasts import Forecast
from domain.law.meetings import NextMeeting
from domain.messages import Attachment, Choice, Message
from domain.notices import Content
from domain.phrasebook import LANGUAGES, Named, phrasebook
from domain.rolls import RollCall
from domain.votes import Vote

THIRD = 3  # no law of ours calls a fourth meeting


def prepared_told(called: Meeting, counted: RollCall, following: NextMeeting) -> Content:
    """Tell who convenes that a meeting had no quorum, and hand them the next one, prepared."""
    return {
        language: Message(
            f"{failed_line(counted, language)}\n\n{following_line(called, following, language)}",
            language,
            title=phrasebook().say("sitting.failed_title", language, session=called.name(language)),
            choices=(
                Choice(
                    phrasebook().say(f"sitting.convene_{min(following.number, THIRD)}", language),
                    f"reconvene:{called.session.id}",
                ),
            ),
        )
        for language in LANGUAGES
    }


def failed_line(counted: RollCall, language: str) -> str:
    return phrasebook().say(
        "sitting.failed",
        language,
        present=counted.present,
        in_office=counted.in_office,
        needed=counted.needed,
    )


def following_line(called: Meeting, following: NextMeeting, language: str) -> str:
    """Say when the next meeting would be, and between which days it is to be sent for."""
    say = phrasebook().say
    starts = datetime.combine(following.on, called.opening.starts.time())
    line = say(
        "sitting.following",
        language,
        number=following.number,
        starts=starts,
        place=place(called.opening, language),
    )
    if following.send_from is None:
        return line
    window = say("sitting.window", language, first=following.send_from, last=following.send_until)
    return f"{line}\n{window}"


def reconvocation(
    called: Meeting,
    number: int,
    before: datetime,
    attachments: Mapping[str, Sequence[Attachment]],
) -> Content:
    """Call the members to the nth meeting; `before` is the wall time of the one that failed."""
    say, nth = phrasebook().say, min(number, THIRD)
    return {
        language: replace(
            message,
            title=say(f"sitting.reconvocation_{nth}", language, session=called.name(language)),
            text=f"{say(f'sitting.reconvoked_{nth}', language, before=before)}\n\n{message.text}",
        )
        for language, message in convocation(called, attachments).items()
    }


def item_told(
    called: Meeting,
    before: AgendaItem,
    item: AgendaItem,
    *,
    vote: Vote | None = None,
    decision: Decision | None = None,
) -> Content:
    """Tell what became of an item: where it stood, where it stands, its vote and its decision."""

    def told(language: str) -> Message:
        say = phrasebook().say
        lines = [
            say(
                "vote.item_moved",
                language,
                before=f"{ICONS[before.state]} {say(f'council.item_{before.state}', language)}",
                after=f"{ICONS[item.state]} {say(f'council.item_{item.state}', language)}",
            )
        ]
        lines += [vote_line(vote, language)] if vote else []
        lines += [say("vote.decided", language, ref=decision.ref)] if decision else []
        lines += (
            [say("session.reason", language, reason=item.withdrawn_reason)]
            if item.withdrawn_reason
            else []
        )
        lines.append(called.name(language))
        return Message(
            "\n".join(lines),
            language,
            title=say("agenda.line", language, number=item.number, title=item.title),
            choices=_to_see(called, item, language),
        )

    return {language: told(language) for language in LANGUAGES}


def listed_told(called: Meeting, item: AgendaItem) -> Content:
    """Tell who follows what an item is about that it comes before the body, and when."""

    def told(language: str) -> Message:
        say = phrasebook().say
        session, starts = called.name(language), called.opening.starts
        return Message(
            say("vote.listed", language, session=session, starts=starts),
            language,
            title=say("agenda.line", language, number=item.number, title=item.title),
            choices=_to_see(called, item, language),
        )

    return {language: told(language) for language in LANGUAGES}


def _to_see(called: Meeting, item: AgendaItem, language: str) -> tuple[Choice, ...]:
    label = phrasebook().say("vote.see_item", language)
    return (Choice(label, f"item:{called.session.id}:{item.id}"),)


def vote_line(vote: Vote, language: str) -> str:
    """Say how a vote ended: the count, the result, and the majority it needed."""
    return phrasebook().say(
        "vote.counted",
        language,
        result=Named(f"vote.result_{vote.result}"),
        in_favour=vote.count.in_favour,
        against=vote.count.against,
        abstained=vote.count.abstained,
        majority=Named(f"vote.majority_{vote.majority}"),
    )


def forecast_lines(expected: Forecast, language: str) -> str:
    """Say what the answers promise, and honestly what is not known."""
    say = phrasebook().say
    lines = [
        say(f"quorum.outlook_{expected.outlook}", language, count=expected.missing),
        say(
            "quorum.answers",
            language,
            confirmed=expected.confirmed,
            excused=expected.excused,
            unanswered=expected.unanswered,
            needed=expected.needed,
            in_office=expected.in_office,
        ),
    ]
    if expected.unanswered and expected.is_from_past:
        fewest = expected.confirmed + expected.fewest
        most = expected.confirmed + expected.most
        lines.append(say("quorum.range", language, fewest=fewest, most=most))
    elif expected.unanswered:
        lines.append(say("quorum.no_past", language))
    return "\n".join(lines)

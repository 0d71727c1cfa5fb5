"""The words about texts that are to be agreed to, in every language they are sent in."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, tzinfo

from actions.texts.manuscripts import Manuscript
from domain.addresses import Channel
from domain.approvals import ApprovalState, Decision, Open, Step, Verdict
from domain.clock import wall_time
from domain.messages import Choice, Message
from domain.phrasebook import FALLBACK, LANGUAGES, Named, phrasebook
from domain.publications import (
    AS_RECORDED,
    Publication,
    Texts,
    changes_between,
    in_order,
    written_text,
)

Said = dict[str, Message]

# What the author of a text may do with it as it stands; presses of handlers/approvals.py.
NEXT: dict[ApprovalState, tuple[str, ...]] = {
    ApprovalState.DRAFT: ("submit", "rewrite", "recall"),
    ApprovalState.WAITING: ("rewrite", "recall"),
    ApprovalState.CHANGES_REQUESTED: ("rewrite", "submit", "recall"),
    ApprovalState.APPROVED: ("rewrite", "recall"),
    ApprovalState.SCHEDULED: ("rewrite", "recall"),
    ApprovalState.PUBLISHED: (),
    ApprovalState.WITHDRAWN: (),
    ApprovalState.REJECTED: (),
    ApprovalState.EXPIRED: ("submit", "rewrite", "recall"),
    ApprovalState.RECALLED: ("submit", "rewrite"),
}


def matter(publication: Publication, step: Step) -> str:
    """Name what the messages about one step of one round ask."""
    return f"approval:{publication.id}:{publication.round}:{step.key}"


def state(publication: Publication) -> Named:
    return Named(f"council.approval_{publication.state}")


def kind(publication: Publication) -> Named:
    return Named(f"publication.kind_{publication.kind}")


def card(
    held: Manuscript, asked: Open, *, author: str, seen: Texts | None, place: tzinfo, nudge: str
) -> Said:
    """Ask for a word on a text: what it says, what changed since it was seen, what can be done.

    `nudge` names why it is said again; empty, it is said first.
    """
    publication = held.publication
    return _in_every_language(
        lambda language: Message(
            card_text(held, asked, language, author=author, seen=seen, place=place),
            language,
            title=_say(
                f"approval.title_{nudge or 'asked'}",
                language,
                ref=publication.ref,
                title=title(held.texts, language),
            ),
            choices=answers(publication, language),
            subject=matter(publication, asked.step),
        )
    )


def card_text(
    held: Manuscript,
    asked: Open,
    language: str,
    *,
    author: str,
    seen: Texts | None,
    place: tzinfo,
) -> str:
    head = _say(
        "approval.card",
        language,
        kind=kind(held.publication),
        author=author,
        step=step_name(asked.step, language),
        number=held.place(asked.step),
        count=len(held.flow.steps),
        due=wall_time(asked.due_at, place),
    )
    changed = (
        [_say("approval.changed", language, changes="\n".join(told))]
        if seen and (told := changes_between(seen, held.texts, language))
        else []
    )
    return "\n\n".join([head, *_sending(held, language, place), *changed, whole(held, language)])


def whole(held: Manuscript, language: str) -> str:
    """Return all a text says, the reader's own language first."""
    texts = in_order(held.told, language)
    if len(texts) == 1:
        return written_text(texts[0][1])
    return "\n\n".join(
        f"{_say(f'approval.in_{written}', language)}\n{written_text(text)}"
        for written, text in texts
    )


def answers(publication: Publication, language: str) -> tuple[Choice, ...]:
    """Return what somebody whose word is asked may do: the values name text, round and hash."""
    what = f"{publication.id}:{publication.round}:{publication.mark}"
    return (
        *(
            Choice(_say(f"approval.{verdict}", language), f"{verdict}:{what}")
            for verdict in Verdict
        ),
        history_choice(publication, language),
    )


def history_choice(publication: Publication, language: str) -> Choice:
    return Choice(_say("approval.see_history", language), f"trail:{publication.id}")


def next_acts(publication: Publication, language: str) -> tuple[Choice, ...]:
    """Return what the author may do next."""
    acts = [
        act
        for act in NEXT[publication.state]
        if act != "rewrite" or publication.kind not in AS_RECORDED
    ]
    return (*_acts(publication, acts, language), history_choice(publication, language))


def _acts(publication: Publication, acts: Sequence[str], language: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(_say(f"approval.{act}", language), f"{act}:{publication.id}") for act in acts
    )


def done(held: Manuscript, decision: Decision, names: tuple[str, str], place: tzinfo) -> Said:
    """Tell what somebody decided; `names` are theirs, and that of whose right it was."""
    step = held.flow.step(decision.step)
    still = {one.step.key: one.missing for one in held.standing.open}
    publication = held.publication

    def said(language: str) -> Message:
        lines = [decided(held, decision, names, place, language)]
        if step.key in still:
            lines.append(_say("approval.missing", language, count=still[step.key]))
        is_open = step.key in still
        choices = answers(publication, language) if is_open else ()
        return Message(
            "\n".join(lines),
            language,
            choices=choices or (history_choice(publication, language),),
        )

    return _in_every_language(said)


def decided(
    held: Manuscript, decision: Decision, names: tuple[str, str], place: tzinfo, language: str
) -> str:
    """Return one decision as a sentence: who, what, why, when and by which channel."""
    who, holder = names
    name = who if who == holder else _say("approval.for_other", language, name=who, holder=holder)
    return _say(
        f"approval.done_{decision.verdict}",
        language,
        name=name,
        step=step_name(held.flow.step(decision.step), language),
        channel=way(decision.channel),
        at=wall_time(decision.at, place),
        reason=decision.reason,
    )


def way(channel: str | None) -> Named:
    """Name the channel by which somebody acted; who acts on a page is known by their mailbox."""
    on_a_page = channel == Channel.INBOX
    return Named("approval.on_the_site" if on_a_page else f"delivery.channel_{channel}")


def undone(what: str, *, by: str = "") -> Said:
    """Tell that a round ended without a decision: its text was `revised`, `recalled`, `expired`."""
    return _in_every_language(
        lambda language: Message(_say(f"approval.done_{what}", language, name=by), language)
    )


def to_author(publication: Publication, texts: Texts, told: Said, then: Sequence[str] = ()) -> Said:
    """Tell whoever wrote a text what was decided of it, and what they can do now; `then` first."""
    return _in_every_language(
        lambda language: Message(
            f"{told[language].text}\n{status_line(publication, language)}",
            language,
            title=_say(
                "approval.title_news", language, ref=publication.ref, title=title(texts, language)
            ),
            choices=(*_acts(publication, then, language), *next_acts(publication, language)),
        )
    )


def news(publication: Publication, texts: Texts, told: Said) -> Said:
    """Tell those who do not decide, nor did write."""
    return _in_every_language(
        lambda language: Message(
            told[language].text,
            language,
            title=_say(
                "approval.title_news", language, ref=publication.ref, title=title(texts, language)
            ),
            choices=(Choice(_say("approval.see", language), f"approval:{publication.id}"),),
        )
    )


def nobody(step: Step) -> Said:
    """Tell whoever wrote a text that nobody can decide a step of it."""
    return _in_every_language(
        lambda language: Message(
            _say("approval.nobody", language, step=step_name(step, language)), language
        )
    )


def late(asked: Open, place: tzinfo) -> Said:
    """Tell those above that a step has had all its time."""
    return _in_every_language(
        lambda language: Message(
            _say(
                "approval.late",
                language,
                step=step_name(asked.step, language),
                due=wall_time(asked.due_at, place),
            ),
            language,
        )
    )


def lent(name: str, first: date, last: date) -> Said:
    """Tell somebody that another's right to decide is theirs to use, for these days."""
    return _in_every_language(
        lambda language: Message(
            _say("approval.lent", language, name=name, starts=first, ends=last),
            language,
            title=_say("approval.title_lent", language),
            choices=(Choice(_say("menu.approval_list", language), "approvals"),),
        )
    )


def status_line(publication: Publication, language: str) -> str:
    return _say(
        "approval.status",
        language,
        icon=publication.icon,
        ref=publication.ref,
        state=state(publication),
    )


def title(texts: Texts, language: str) -> str:
    return in_order(texts, language)[0][1].title


def step_name(step: Step, language: str) -> str:
    return step.names[FALLBACK.get(language, language)]


def audience(held: Manuscript, language: str) -> str:
    """Say to whom a text goes out."""
    told = held.publication.audience
    body = held.body.name(language)
    return _say(f"approval.audience_{told.kind}", language, body=body) if told else ""


def _sending(held: Manuscript, language: str, place: tzinfo) -> Iterator[str]:
    """Say to whom it goes out, and when."""
    publication = held.publication
    if publication.audience:
        yield audience(held, language)
    if publication.release_at:
        yield _say("approval.release", language, at=wall_time(publication.release_at, place))


def _say(key: str, language: str, /, **facts: object) -> str:
    return phrasebook().say(key, language, **facts)


def _in_every_language(say: Callable[[str], Message]) -> Said:
    return {language: say(language) for language in LANGUAGES}

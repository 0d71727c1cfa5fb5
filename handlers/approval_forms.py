"""The forms of those who write texts, and of those who decide on them."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime

from actions import approving, publishing
from actions.texts import delegating, submitting, wording
from actions.texts.manuscripts import body_of, manuscript
from domain import approval_forms as forms
from domain.approvals import Verdict
from domain.bodies import COUNCIL
from domain.clock import instant
from domain.drafts import Draft
from domain.errors import Refused
from domain.forms import Form
from domain.publications import PublicationKind
from domain.rights import Act, require
from handlers.forms import Filling
from handlers.turn import Outcome, Slots, Turn


def nothing_known(_turn: Turn, _slots: Slots) -> Mapping[str, str]:
    return {}


def _kind(_turn: Turn, slots: Slots) -> Mapping[str, str]:
    said = str(slots.get("doc_kind") or "")
    return {"kind": said} if said in set(forms.WRITTEN) else {}


async def _may_write(turn: Turn, _: Mapping[str, str]) -> None:
    turn.known()
    require(turn.actor, Act.WRITE, await body_of(turn.unit, COUNCIL))


async def _may_decide(turn: Turn, answers: Mapping[str, str]) -> None:
    number = int(answers["publication"])
    verdict = Verdict.CHANGES
    await approving.foreseen(
        turn.unit, turn.actor, number, verdict, shown=await _shown(turn, answers)
    )


async def _may_delegate(turn: Turn, _: Mapping[str, str]) -> None:
    turn.known()
    require(turn.actor, Act.DECIDE)


async def _may_withdraw(turn: Turn, answers: Mapping[str, str]) -> None:
    held = await manuscript(turn.unit, int(answers["publication"]))
    require(turn.actor, Act.ANNOUNCE, held.body)


async def _publication(turn: Turn, draft: Draft) -> Outcome:
    """Begin a text and put it before its steps."""
    kind = PublicationKind(draft.answers["kind"])
    release = draft.answers.get("release")
    begun = submitting.Begun(
        kind=kind,
        flow=turn.flows.for_kind(kind, turn.commune.tenant.rule_pack),
        texts=forms.texts_of(dict(draft.answers)),
        audience=forms.audience_of(draft.answers["audience"], COUNCIL),
        release_at=(
            instant(datetime.fromisoformat(release), turn.commune.zone) if release else None
        ),
    )
    number = (await submitting.begin(turn.unit, turn.actor, begun)).id
    return await _submitted(turn, draft, number)


async def _rewriting(turn: Turn, draft: Draft) -> Outcome:
    """Change a text; one that is not on its way is put before its steps again."""
    number, texts = int(draft.answers["publication"]), forms.texts_of(dict(draft.answers))
    revised = await submitting.revise(turn.unit, turn.actor, number, texts)
    if revised.state in submitting.ON_ITS_WAY:
        return await _said(turn, draft, number)
    return await _submitted(turn, draft, number)


async def _submitted(turn: Turn, draft: Draft, number: int) -> Outcome:
    await submitting.submit(turn.unit, turn.actor, number)
    return await _said(turn, draft, number)


async def _said(turn: Turn, draft: Draft, number: int) -> Outcome:
    await turn.unit.drafts.end(draft.id)
    held = await manuscript(turn.unit, number)
    ref, count = held.publication.ref, len(held.flow.steps)
    choices = wording.next_acts(held.publication, turn.language)
    return turn.settle(turn.say("approval.submitted", ref=ref, count=count), choices=choices)


def _deciding(verdict: Verdict) -> Callable[[Turn, Draft], Awaitable[Outcome]]:
    async def decide(turn: Turn, draft: Draft) -> Outcome:
        number = int(draft.answers["publication"])
        done = await approving.decide(
            turn.unit,
            turn.actor,
            number,
            verdict,
            shown=await _shown(turn, draft.answers),
            reason=draft.answers["reason"],
        )
        await turn.unit.drafts.end(draft.id)
        settlement = await turn.unit.matters.standing(done.subject)
        choices = [wording.history_choice(done.publication, turn.language)]
        return turn.settle(
            settlement.told(turn.language).text if settlement else "", choices=choices
        )

    return decide


async def _withdrawal(turn: Turn, draft: Draft) -> Outcome:
    number = int(draft.answers["publication"])
    withdrawn = await publishing.withdraw(turn.unit, turn.actor, number, draft.answers["reason"])
    await turn.unit.drafts.end(draft.id)
    choices = [wording.history_choice(withdrawn, turn.language)]
    return turn.settle(turn.say("approval.withdrawn", ref=withdrawn.ref), choices=choices)


async def _delegation(turn: Turn, draft: Draft) -> Outcome:
    """Lend one's right from the beginning of a day to the end of another."""
    deputy = draft.answers["deputy"]
    found = await turn.unit.people.named(deputy)
    if len(found) != 1:
        raise Refused("approval.unknown_deputy")
    starts, ends = (date.fromisoformat(draft.answers[one]) for one in ("starts", "ends"))
    await delegating.delegate_days(turn.unit, turn.actor, found[0], first=starts, last=ends)
    await turn.unit.drafts.end(draft.id)
    text = turn.say("approval.delegated", name=deputy, starts=starts, ends=ends)
    return turn.settle(text, choices=[turn.choice("menu.approval_list", "approvals")])


async def _shown(turn: Turn, answers: Mapping[str, str]) -> str:
    """Return the sha256 of the text that was shown; raises Refused when it is another by now."""
    held = await manuscript(turn.unit, int(answers["publication"]))
    publication = held.publication
    if (str(publication.round), publication.mark) != (answers["round"], answers["mark"]):
        raise Refused("approval.text_changed")
    return publication.content


def _filling(
    form: Form,
    check: Callable[[Turn, Mapping[str, str]], Awaitable[None]],
    send: Callable[[Turn, Draft], Awaitable[Outcome]],
    known: Callable[[Turn, Slots], Mapping[str, str]] = nothing_known,
) -> Filling:
    return Filling(form=form, check=check, send=send, known=known)


FILLINGS = (
    _filling(forms.PUBLICATION, _may_write, _publication, _kind),
    _filling(forms.REWRITING, _may_write, _rewriting),
    _filling(forms.CHANGES, _may_decide, _deciding(Verdict.CHANGES)),
    _filling(forms.REJECT, _may_decide, _deciding(Verdict.REJECT)),
    _filling(forms.WITHDRAWAL, _may_withdraw, _withdrawal),
    _filling(forms.DELEGATION, _may_delegate, _delegation),
)

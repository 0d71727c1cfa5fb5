"""The staff's and the bureau's part of a petition: what each does is said back before it binds."""

from collections.abc import Awaitable, Callable, Mapping

from actions.moving_petitions import known, may_see
from actions.petitions import answering, deciding, reviewing
from actions.petitions.answering import Answer
from domain.actors import Actor
from domain.errors import Refused
from domain.messages import Choice
from domain.petitions import REFUSALS, Petition
from domain.phrasebook import Named
from domain.publications import PublicationKind
from handlers import petition_card
from handlers.turn import CONFIRMING, Outcome, Slots, Turn
from store.unit import Unit

FLOW, TEXT = "petition_work", "text"
YES = "yes"
ACT, PETITION, CODE, WORDS = "act", "petition", "code", "words"


async def pressed(turn: Turn, act: str, petition_id: int, answer: str = "") -> Outcome:
    """Go on with an act: what it lacks is asked, then it is said back, then it is done."""
    petition = await turn.unit.petitions.by_id(petition_id)
    if petition is None or act not in STEPS_OF or not may_see(turn.person, petition):
        raise Refused("petition.unknown")
    return await STEPS_OF[act](turn, petition, answer)


async def decide_asked(turn: Turn, slots: Slots) -> Outcome:
    """Begin the bureau's answer to the petition meant; without one, show those that wait."""
    petition = await turn.unit.petitions.called(str(slots.get("petition_ref") or ""))
    if petition is None:
        choices = [turn.choice("petition.others", "petitions")]
        return turn.tell(turn.say("petition.which"), choices=choices)
    act = DECISIONS.get(str(slots.get("decision")))
    if act is None:
        return await petition_card.told(turn, turn.actor, petition)
    return await pressed(turn, act, petition.id)


async def text_given(turn: Turn, text: str) -> Outcome | None:
    """Take the words an act wants, and say all of it back."""
    facts = turn.conversation.facts
    petition = await turn.unit.petitions.by_id(int(facts.get(PETITION) or 0))
    act = str(facts.get(ACT))
    if petition is None or act not in WORDED:
        return None
    return _echo(turn, petition, act, code=str(facts.get(CODE) or ""), words=reviewing.worded(text))


def _at_once(
    act: str, done: Callable[[Unit, Actor, int], Awaitable[Petition]]
) -> Callable[[Turn, Petition, str], Awaitable[Outcome]]:
    """Return how an act without words goes: said back, then done."""

    async def step(turn: Turn, petition: Petition, answer: str) -> Outcome:
        if answer != YES:
            return _echo(turn, petition, act)
        return await _done(turn, await done(turn.unit, turn.actor, petition.id))

    return step


async def _blocking(turn: Turn, petition: Petition, answer: str) -> Outcome:
    if answer not in REFUSALS:
        hidden = [code for code, refusal in REFUSALS.items() if not refusal.is_shown]
        return _which_code(turn, petition, "block", hidden)
    return await _done(turn, await reviewing.block(turn.unit, turn.actor, petition.id, answer))


async def _admitting(turn: Turn, petition: Petition, answer: str) -> Outcome:
    await answering.check(turn.unit, turn.actor, petition.id)
    if answer == YES:
        return await _answered(turn, petition, Answer())
    place = await deciding.place_for(turn.unit, petition)
    where = (
        turn.say("petition.goes_to", day=place.sitting.starts.date())
        if place
        else turn.say("petition.goes_nowhere_yet")
    )
    return _echo(turn, petition, "admit", more=where)


async def _refusing(turn: Turn, petition: Petition, answer: str) -> Outcome:
    """Ask why, by code and then in words; who may not is told so before they write."""
    await answering.check(turn.unit, turn.actor, petition.id)
    facts = turn.conversation.facts
    if answer == YES and facts.get(PETITION) == petition.id and facts.get(WORDS):
        return await _answered(turn, petition, Answer(str(facts.get(CODE)), str(facts[WORDS])))
    if answer not in REFUSALS:
        shown = [code for code, refusal in REFUSALS.items() if refusal.is_shown]
        return _which_code(turn, petition, "refuse", shown)
    return _words_wanted(turn, petition, "refuse", answer)


def _in_words(
    act: str, done: Callable[[Unit, Actor, int, str], Awaitable[Petition]]
) -> Callable[[Turn, Petition, str], Awaitable[Outcome]]:
    """Return how an act goes whose words are asked for, said back, and told to others."""

    async def step(turn: Turn, petition: Petition, answer: str) -> Outcome:
        facts = turn.conversation.facts
        if answer == YES and facts.get(PETITION) == petition.id and facts.get(WORDS):
            said = await done(turn.unit, turn.actor, petition.id, str(facts[WORDS]))
            return await _done(turn, said)
        return _words_wanted(turn, petition, act)

    return step


def _words_wanted(turn: Turn, petition: Petition, act: str, code: str = "") -> Outcome:
    text = turn.say(f"petition.words_{act}", ref=petition.ref)
    facts = {ACT: act, PETITION: petition.id, CODE: code}
    return turn.ask(FLOW, TEXT, text, choices=[_back(turn, petition)], **facts)


def _which_code(turn: Turn, petition: Petition, act: str, codes: list[str]) -> Outcome:
    choices = [
        turn.choice(f"petition.refusal_{code}", f"petwork:{act}:{petition.id}:{code}")
        for code in codes
    ]
    text = turn.say("petition.which_code", ref=petition.ref)
    return turn.tell(text, choices=[*choices, _back(turn, petition)])


def _echo(
    turn: Turn, petition: Petition, act: str, *, code: str = "", words: str = "", more: str = ""
) -> Outcome:
    """Say back what would be done, to what, and who is told."""
    lines = [turn.say(f"petition.echo_{act}", ref=petition.ref, subject=petition.subject)]
    if code:
        lines.append(
            turn.say(
                "petition.refused_because", code=Named(f"petition.refusal_{code}"), reason=words
            )
        )
    elif words:
        lines.append(words)
    lines += [more] if more else []
    yes = turn.choice("common.yes", f"petwork:{act}:{petition.id}:{YES}")
    facts = {ACT: act, PETITION: petition.id, CODE: code, WORDS: words}
    choices = [yes, _back(turn, petition)]
    return turn.ask(FLOW, CONFIRMING, "\n".join(lines), choices=choices, **facts)


def _back(turn: Turn, petition: Petition) -> Choice:
    return turn.choice("common.cancel", f"petition:{petition.id}")


async def _answered(turn: Turn, petition: Petition, answer: Answer) -> Outcome:
    """Put an answer before the bureau; who is alone to decide of it has done so."""
    flow = turn.flows.for_kind(PublicationKind.PETITION_ANSWER, turn.commune.tenant.rule_pack)
    proposed = await answering.propose(turn.unit, turn.actor, petition.id, answer, flow)
    after = await known(turn.unit, petition.id)
    if proposed is None:
        return await _done(turn, after)
    before = turn.say("approval.answer_proposed", ref=proposed.ref)
    return await petition_card.told(turn, turn.actor, after, before=before)


async def _done(turn: Turn, petition: Petition) -> Outcome:
    return await petition_card.told(
        turn, turn.actor, petition, before=turn.say("petition.done_and_told")
    )


STEPS_OF: Mapping[str, Callable[[Turn, Petition, str], Awaitable[Outcome]]] = {
    "release": _at_once("release", reviewing.release),
    "hold": _at_once("hold", reviewing.hold),
    "pass": _at_once("pass", reviewing.pass_on),
    "close": _at_once("close", reviewing.close),
    "lacks": _in_words("lacks", reviewing.ask_for_more),
    "news": _in_words("news", reviewing.follow_up),
    "block": _blocking,
    "admit": _admitting,
    "refuse": _refusing,
}
WORDED = frozenset({"lacks", "news", "refuse"})
DECISIONS = {"accept": "admit", "approve": "admit", "reject": "refuse"}
STEPS = {(FLOW, TEXT): text_given}

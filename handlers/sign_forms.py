"""The forms of who signs: what is asked, the code that proves a contact, and the thanks."""

from collections.abc import Awaitable, Callable, Mapping

from actions import confirming, signing
from domain.addresses import Channel
from domain.drafts import Draft
from domain.errors import Refused
from domain.forms import Form
from domain.messages import Choice
from domain.people import Person
from domain.petitions.forms import reached_by
from domain.petitions.signing import PETITION, SIGNATURE, UNSIGNING, Signer
from domain.phrasebook import Named
from domain.sheets import RESUME
from handlers.forms import Filling
from handlers.forms.questions import FORM
from handlers.forms.resuming import draft_of
from handlers.turn import Outcome, Slots, Turn

FLOW, CODE = "sign", "code"
REACHED = (Channel.EMAIL, Channel.SMS)

Done = Callable[[Turn, Draft], Awaitable[Outcome]]


async def contact_of(turn: Turn, person: Person) -> str:
    """Return where somebody has proved to be reached, their e-mail first; empty if nowhere."""
    held = await turn.unit.people.addresses(person.id)
    proved = [one for one in held if one.channel in REACHED and one.is_verified]
    return min(proved, key=lambda one: REACHED.index(one.channel)).value if proved else ""


async def code_given(turn: Turn, text: str) -> Outcome | None:
    """Try a code; once it is right, what was asked for is done."""
    form = str(turn.conversation.facts.get(FORM))
    draft = await draft_of(turn, BY_FORM[form]) if form in BY_FORM else None
    if draft is None or not any(map(str.isdecimal, text)):
        return None
    incoming, contact = turn.incoming, draft.answers["contact"]
    if await confirming.holds(turn.unit, incoming.channel, incoming.address, contact, text):
        return await DONE[form](turn, draft)
    wrong = turn.say("confirm.wrong")
    return turn.ask(FLOW, CODE, wrong, choices=_ways(turn, form), **{FORM: form})


async def _may_sign(turn: Turn, said: Mapping[str, str]) -> None:
    await signing.check(turn.unit, _petition_id(said))


async def _may_unsign(_turn: Turn, said: Mapping[str, str]) -> None:
    _petition_id(said)


def _petition_id(said: Mapping[str, str]) -> int:
    if not said.get(PETITION, "").isdecimal():
        raise Refused("petition.unknown")
    return int(said[PETITION])


async def _sent(turn: Turn, draft: Draft) -> Outcome:
    """Do what was asked for, when the contact is proved to be theirs; else send a code there."""
    if turn.person and await _is_theirs(turn, turn.person, draft.answers["contact"]):
        return await DONE[draft.form](turn, draft)
    incoming, contact = turn.incoming, draft.answers["contact"]
    channel = await confirming.send_anew(
        turn.unit, incoming.channel, incoming.address, contact, language=turn.language
    )
    text = turn.say(
        "petition.code_sent", channel=Named(f"delivery.channel_{channel}"), contact=contact
    )
    return turn.ask(FLOW, CODE, text, choices=_ways(turn, draft.form), **{FORM: draft.form})


async def _is_theirs(turn: Turn, person: Person, contact: str) -> bool:
    held = await turn.unit.people.addresses(person.id)
    wanted = reached_by(contact)
    return any((one.channel, one.value) == wanted and one.is_verified for one in held)


async def _signed(turn: Turn, draft: Draft) -> Outcome:
    said = draft.answers
    petition = await signing.sign(turn.unit, turn.actor, int(said[PETITION]), Signer.read(said))
    await turn.unit.drafts.end(draft.id)
    count = await turn.unit.signatures.count(petition.id)
    wanted = petition.threshold.value if petition.threshold else count
    choices = [
        turn.choice("petition.see", f"petition:{petition.id}"),
        turn.choice("petition.follow_it", f"petfollow:{petition.id}"),
        turn.choice("sign.take_back", f"unsign:{petition.id}"),
    ]
    if said["news"] == "yes":
        choices = [choices[1], choices[0], choices[2]]
    text = turn.say("sign.done", ref=petition.ref, count=count, wanted=wanted)
    return turn.settle(text, choices=choices)


async def _unsigned(turn: Turn, draft: Draft) -> Outcome:
    said = draft.answers
    petition_id = int(said[PETITION])
    await signing.withdraw(turn.unit, petition_id, said["contact"])
    await turn.unit.drafts.end(draft.id)
    choices = [turn.choice("petition.see", f"petition:{petition_id}")]
    return turn.settle(turn.say("sign.taken_back"), choices=choices)


def _ways(turn: Turn, form: str) -> list[Choice]:
    return [
        turn.choice("petition.another_code", f"{RESUME}:{form}:yes"),
        turn.choice("petition.other_contact", f"{RESUME}:{form}:at:contact"),
        turn.choice("common.cancel", f"{RESUME}:{form}:cancel"),
    ]


def _nothing(_turn: Turn, _slots: Slots) -> Mapping[str, str]:
    return {}


def _of(form: Form, check: Callable[[Turn, Mapping[str, str]], Awaitable[None]]) -> Filling:
    return Filling(form=form, check=check, send=_sent, known=_nothing)


FILLINGS = (_of(SIGNATURE, _may_sign), _of(UNSIGNING, _may_unsign))
BY_FORM = {one.form.name: one for one in FILLINGS}
DONE: Mapping[str, Done] = {SIGNATURE.name: _signed, UNSIGNING.name: _unsigned}
STEPS = {(FLOW, CODE): code_given}

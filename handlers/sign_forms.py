"""The forms of who signs, or takes a signature back: what is asked, and the thanks."""

from collections.abc import Awaitable, Callable, Mapping

from actions.petitions import signing
from domain.drafts import Draft
from domain.errors import Refused
from domain.forms import Form
from domain.petitions.signing import PETITION, SIGNATURE, UNSIGNING, Signer
from handlers.forms import Filling
from handlers.proved_contacts import Carried, Proving
from handlers.turn import Outcome, Slots, Turn

FLOW = "sign"


async def _may_sign(turn: Turn, said: Mapping[str, str]) -> None:
    await signing.check(turn.unit, _petition_id(said))


async def _may_unsign(_turn: Turn, said: Mapping[str, str]) -> None:
    _petition_id(said)


def _petition_id(said: Mapping[str, str]) -> int:
    if not said.get(PETITION, "").isdecimal():
        raise Refused("petition.unknown")
    return int(said[PETITION])


async def _signed(turn: Turn, draft: Draft, national_id: str) -> Outcome:
    said = draft.answers
    petition = await signing.sign(
        turn.unit, turn.actor, int(said[PETITION]), Signer.read(said), national_id
    )
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


async def _unsigned(turn: Turn, draft: Draft, _national_id: str) -> Outcome:
    said = draft.answers
    petition_id = int(said[PETITION])
    await signing.withdraw(turn.unit, petition_id, said["contact"])
    await turn.unit.drafts.end(draft.id)
    choices = [turn.choice("petition.see", f"petition:{petition_id}")]
    return turn.settle(turn.say("sign.taken_back"), choices=choices)


def _nothing(_turn: Turn, _slots: Slots) -> Mapping[str, str]:
    return {}


def _of(form: Form, check: Callable[[Turn, Mapping[str, str]], Awaitable[None]]) -> Filling:
    return Filling(form=form, check=check, send=PROVING.send, known=_nothing)


OUT = ("common.cancel", "cancel")
PROVING = Proving(
    FLOW,
    Carried(SIGNATURE, _signed, OUT),
    Carried(UNSIGNING, _unsigned, OUT, asks_id=False),
)
FILLINGS = (_of(SIGNATURE, _may_sign), _of(UNSIGNING, _may_unsign))
STEPS = PROVING.steps

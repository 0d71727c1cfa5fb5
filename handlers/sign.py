"""Signing a petition, taking a signature back, and the link by which others come to sign."""

from dataclasses import replace

from actions.moving_petitions import own
from actions.people.contacts import proved_contact
from actions.petitions.signing import check
from domain.errors import Refused
from domain.messages import Attachment
from domain.petitions import Petition
from domain.petitions.reading import similar
from domain.petitions.signing import PETITION, SIGNATURE, UNSIGNING
from domain.petitions.states import SIGNABLE
from domain.petitions.told import headline
from domain.squares import square
from handlers import filling
from handlers.forms.resuming import draft_of
from handlers.turn import Outcome, Slots, Turn

MOST_LISTED = 5
PNG = "image/png"


async def asked(turn: Turn, slots: Slots) -> Outcome:
    """Begin to sign the petition meant, or ask which of those that can be signed."""
    return await _chosen(turn, slots, "sign")


async def unsign_asked(turn: Turn, slots: Slots) -> Outcome:
    return await _chosen(turn, slots, "unsign")


async def begun(turn: Turn, petition_id: int) -> Outcome:
    """Ask who signs; what we know of them is not asked again."""
    known = {PETITION: str(petition_id)}
    wanted = await check(turn.unit, petition_id)
    if turn.person:
        contact = await proved_contact(turn.unit, turn.person)
        known |= {"contact": contact} if contact else {}
        known |= {"name": turn.person.name} if contact else {}
    before = turn.say("sign.about", ref=wanted.ref, subject=wanted.subject)
    return _preceded(await _form(turn, SIGNATURE.name, known), before)


async def unsigned(turn: Turn, petition_id: int) -> Outcome:
    """Ask with which contact somebody signed; theirs, where we know it."""
    known = {PETITION: str(petition_id)}
    contact = await proved_contact(turn.unit, turn.person) if turn.person else ""
    return await _form(turn, UNSIGNING.name, known | ({"contact": contact} if contact else {}))


async def shared(turn: Turn, petition_id: int) -> Outcome:
    """Give the mandatary the link by which others sign, and the square that opens it."""
    wanted = await own(turn.unit, turn.actor, petition_id)
    link = turn.link_to(f"sign_{petition_id}")
    see = [turn.choice("petition.see", f"petition:{petition_id}")]
    if link is None:
        return turn.tell(turn.say("sign.by_words", ref=wanted.ref), choices=see)
    drawn = square(link)
    sha256 = await turn.unit.documents.keep(drawn)
    file = Attachment(f"{wanted.ref}.png", PNG, sha256, len(drawn))
    text = turn.say("sign.by_link", ref=wanted.ref, subject=wanted.subject, link=link)
    return turn.tell(text, choices=see, attachments=[file])


async def _form(turn: Turn, name: str, known: dict[str, str]) -> Outcome:
    """Begin a form anew when the draft that lies there is of another petition."""
    form = filling.FILLINGS[name]
    draft = await draft_of(turn, form)
    if draft and draft.answers.get(PETITION) != known[PETITION]:
        await turn.unit.drafts.end(draft.id)
    return await filling.begin(turn, form, known)


async def _chosen(turn: Turn, slots: Slots, press: str) -> Outcome:
    ref, topic = str(slots.get("petition_ref") or ""), str(slots.get("topic") or "")
    begin = {"sign": begun, "unsign": unsigned}[press]
    if ref:
        named = await turn.unit.petitions.called(ref)
        if named is None or not named.is_public:
            raise Refused("petition.unknown")
        return await begin(turn, named.id)
    if not topic and turn.about_petition:
        return await begin(turn, turn.about_petition)
    running = await turn.unit.petitions.in_states(SIGNABLE)
    found = similar(topic, running) if topic else running
    if len(found) == 1:
        return await begin(turn, found[0].id)
    return _which(turn, (found or running)[:MOST_LISTED], press)


def _which(turn: Turn, found: list[Petition], press: str) -> Outcome:
    if not found:
        choices = [turn.choice("petition.others", "petitions")]
        return turn.tell(turn.say("sign.none"), choices=choices)
    lines = [turn.say("sign.which"), *(headline(one, turn.language) for one in found)]
    return turn.tell(
        "\n".join(lines),
        choices=[turn.choice("sign.this", f"{press}:{one.id}", ref=one.ref) for one in found],
    )


def _preceded(outcome: Outcome, before: str) -> Outcome:
    first, *rest = outcome.messages
    return replace(
        outcome, messages=(replace(first, text=f"{before}\n\n{first.text}".strip()), *rest)
    )

"""Signing: a hand is counted once, taken back, struck out, or forgotten, and never looked up."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from actions.moving_petitions import known, tell_staff
from actions.petitions.identifying import Identified, identified
from actions.petitions.petitioning import recount
from actions.records.noting import note
from actions.records.sealing import sealing_key
from domain.actors import PROGRAM, Actor
from domain.errors import Refused
from domain.messages import Message
from domain.petitions import (
    Origin,
    Petition,
    PetitionState,
    SignatureState,
    is_name,
    keys_of,
    nearest,
    spelled,
)
from domain.petitions.forms import reached_by
from domain.petitions.sheets import SheetLine
from domain.petitions.signing import Signer, marks
from domain.petitions.states import SIGNABLE
from domain.phrasebook import phrasebook
from domain.rights import Act, require
from store.signatures import Entry
from store.unit import Unit

SHORT_WHILE = timedelta(minutes=10)
BURST = 500  # signatures within it: people are told to look, nobody is turned away
LOOKED_EVERY = 50  # signatures: counting at each would cost more than the signature


@dataclass(frozen=True, slots=True)
class Struck:
    """Which signatures are struck out together: those that fit all that is given.

    `since` and `until` are instants; `name` is a part of a name; `sheet` a paper's.
    """

    since: datetime | None = None
    until: datetime | None = None
    name: str = ""
    place: str = ""
    sheet: str = ""
    origin: Origin | None = None


async def check(unit: Unit, petition_id: int) -> Petition:
    """Return a petition that can be signed now, or raise Refused."""
    petition = await unit.petitions.by_id(petition_id)
    if petition is None or not petition.is_public:
        raise Refused("petition.unknown")
    is_over = petition.closes_at is not None and petition.closes_at <= unit.clock.now()
    if petition.state not in SIGNABLE or is_over:
        raise Refused("sign.closed", ref=petition.ref)
    return petition


async def sign(
    unit: Unit, actor: Actor, petition_id: int, signer: Signer, national_id: str = ""
) -> Petition:
    """Count the signature of somebody who has proved to hold their contact.

    Who had signed before is told so at that contact, never where they speak: nobody can learn here
    whether somebody else signed. Raises Refused when it cannot be signed any more, and where the
    commune asks for a national id and this is none.
    """
    petition = await check(unit, petition_id)
    who = await identified(unit, national_id)
    keys = keys_of(await sealing_key(unit), **marks(signer.contact)) | who.keys
    signature_id = await unit.signatures.add(
        petition_id,
        keys,
        name=signer.name,
        origin=Origin.ONLINE,
        place=signer.tie,
        id_ending=who.ending,
        channel=actor.channel,
        wants_news=signer.wants_news,
    )
    state = await unit.signatures.settle(signature_id)
    if state is SignatureState.DUPLICATE:
        await _tell_again(unit, petition, signer)
        return petition
    if signature_id % LOOKED_EVERY == 0:
        await _tell_of_burst(unit, petition)
    if petition.state is PetitionState.THRESHOLD_REACHED:
        return petition  # one more does not change that
    return await recount(unit, petition_id)


async def withdraw(unit: Unit, petition_id: int, contact: str) -> None:
    """Take back the signature of who has proved to hold a contact, if there is one."""
    await take_back(unit, petition_id, keys_of(await sealing_key(unit), **marks(contact)))


async def take_back(unit: Unit, petition_id: int, keys: Collection[str]) -> None:
    """Take back the signature of a hand, if there is one that still can be."""
    petition = await known(unit, petition_id)
    counted = [
        one.id
        for one in await unit.signatures.of_hand(petition.id, keys)
        if one.state is SignatureState.VALID
    ]
    if counted and petition.state in SIGNABLE:
        await unit.signatures.become(counted, SignatureState.WITHDRAWN)
        await recount(unit, petition_id)


async def enter(
    unit: Unit,
    actor: Actor,
    petition_id: int,
    sheet: str,
    lines: Sequence[SheetLine],
) -> dict[SignatureState, int]:
    """Enter a sheet of paper, and return how many of its lines came to what.

    A line that was entered before is a duplicate. Raises Refused, with the line, for what is no
    name, and for an id the commune may not keep; nothing is entered then.
    """
    require(actor, Act.REVIEW_PETITIONS)
    petition = await check(unit, petition_id)
    secret = await sealing_key(unit)
    came: dict[SignatureState, int] = dict.fromkeys(SignatureState, 0)
    for one in lines:
        if not is_name(one.name):
            raise Refused("sign.no_name", line=one.line)
        who = await _on_paper(unit, one)
        seen = keys_of(secret, **marks(one.contact)) if one.contact else frozenset[str]()
        keys = seen | who.keys | keys_of(secret, paper_line=f"{petition.ref} {sheet} {one.line}")
        added = await unit.signatures.add(
            petition_id,
            keys,
            name=one.name,
            place=one.place,
            id_ending=who.ending,
            origin=Origin.PAPER,
            sheet=sheet,
            line=one.line,
        )
        came[await unit.signatures.settle(added)] += 1
    await note(unit, actor, "enter_sheet", petition.subject_ref, sheet=sheet, lines=len(lines))
    await recount(unit, petition_id)
    return came


async def _on_paper(unit: Unit, line: SheetLine) -> Identified:
    """Return what is kept of the id on a line, which may have none; raises Refused."""
    if not line.national_id:
        return Identified()
    who = await identified(unit, line.national_id)
    if not who.key:
        raise Refused("sign.id_not_allowed", line=line.line)
    return who


async def check_over(
    unit: Unit, actor: Actor, petition_id: int, *, most: int | None = None, offset: int = 0
) -> list[tuple[Entry, int | None]]:
    """Return the signatures, and by each the id of an earlier one whose name is spelled alike.

    With `most`, as many of them, the newest first, after `offset` newer ones. For the staff to look
    at: two people may bear one name.
    """
    require(actor, Act.REVIEW_PETITIONS)
    await known(unit, petition_id)
    entries = await unit.signatures.names(petition_id)
    names = [spelled(one.name) for one in entries]
    places = range(len(entries))
    if most is not None:
        places = places[::-1][offset : offset + most]
    near = {at: nearest(names[at], names[:at]) for at in places}
    return [
        (entries[at], None if found is None else entries[found].id) for at, found in near.items()
    ]


async def found(unit: Unit, actor: Actor, petition_id: int, struck: Struck) -> list[int]:
    """Return the valid signatures that would be struck out, by id."""
    require(actor, Act.REVIEW_PETITIONS)
    await known(unit, petition_id)
    return [one.id for one in await unit.signatures.names(petition_id) if _fits(one, struck)]


async def strike(unit: Unit, actor: Actor, petition_id: int, struck: Struck, *, reason: str) -> int:
    """Strike out the valid signatures that fit, and return how many; raises Refused without why."""
    ids = await found(unit, actor, petition_id, struck)
    if not reason.strip():
        raise Refused("sign.no_reason")
    petition = await known(unit, petition_id)
    if ids:
        await unit.signatures.become(ids, SignatureState.INVALID, reason=reason.strip()[:100])
    await note(
        unit, actor, "strike_signatures", petition.subject_ref, count=len(ids), reason=reason
    )
    await recount(unit, petition_id)
    return len(ids)


async def forget(unit: Unit, actor: Actor, contact: str) -> int:
    """Forget who signed with a contact or a national id; that they did still counts.

    Of the petitions whose mandatary showed it, the id is forgotten.
    """
    require(actor, Act.REVIEW_PETITIONS)
    keys = keys_of(await sealing_key(unit), **marks(contact))
    ids = await unit.signatures.with_keys(keys)
    await unit.signatures.erase(ids)
    await unit.petitions.forget_ids(keys)
    await note(unit, actor, "forget_signatures", "signatures", count=len(ids))
    return len(ids)


def _fits(one: Entry, struck: Struck) -> bool:
    return (
        one.state is SignatureState.VALID
        and (struck.since is None or one.at >= struck.since)
        and (struck.until is None or one.at <= struck.until)
        and struck.name.casefold() in one.name.casefold()
        and struck.place in {"", one.place}
        and struck.sheet in {"", one.sheet}
        and struck.origin in {None, one.origin}
    )


async def _tell_again(unit: Unit, petition: Petition, signer: Signer) -> None:
    channel, address = reached_by(signer.contact)
    say, language = phrasebook().say, petition.language
    text = say("sign.again", language, ref=petition.ref, subject=petition.subject)
    title = say("petition.news_title", language, ref=petition.ref)
    await unit.outbox.put(channel, address, [Message(text, language, title)])


async def _tell_of_burst(unit: Unit, petition: Petition) -> None:
    """Tell the staff once an hour that very many sign in a short while."""
    now = unit.clock.now()
    if await unit.signatures.since(petition.id, now - SHORT_WHILE) >= BURST:
        once = f"burst:{petition.id}:{now:%Y%m%d%H}"
        await tell_staff(unit, petition, "sign.burst", PROGRAM, once=once)

"""Confirming who speaks: a code goes to an address we know, and is typed where they speak.

Whoever asks is answered the same whether we know the address or not, and the same is done.
"""

import secrets
from datetime import timedelta

from actions.records.sealing import sealing_key
from domain.addresses import Address, Channel, canonical
from domain.errors import Refused
from domain.folding import latin_digits, visible
from domain.messages import Message
from domain.phrasebook import Named, phrasebook
from domain.seals import is_sealed, seal
from store.codes import LiveCode
from store.unit import Unit

DIGITS = 6  # five tries at one of a million
LASTS = timedelta(minutes=10)
MOST_TRIES = 5
MOST_FROM_HERE = 3  # codes asked for from one chat within the window
MOST_FOR_ONE = 5  # codes sent to one person within it, whoever asks
WINDOW = timedelta(hours=1)
REACHED = (
    Channel.EMAIL,
    Channel.SMS,
    Channel.WHATSAPP,
)  # where a code may go to be typed elsewhere
# Read where one is signed in already, or by no person.
NO_CODES = frozenset({Channel.INBOX, Channel.PUSH, Channel.WEBHOOK, Channel.WEB})


async def send_to(unit: Unit, channel: Channel, address: str, typed: str) -> None:
    """Send a code to an e-mail address or a number, if it is somebody's, to be typed at `address`.

    Raises Refused when it is neither, or when too many were asked for from here.
    """
    value = _canonical(typed)
    found = await unit.people.with_address(value)
    held = await unit.people.addresses(found[0]) if len(found) == 1 else []
    known = [
        one
        for one in held
        if one.value == value
        and one.channel in REACHED
        and (one.is_declared or one.is_verified)
        and not one.is_quarantined
    ]
    await _send(unit, channel, address, known[0] if known else None)


async def send_elsewhere(
    unit: Unit, channel: Channel, address: str, person_id: int, *, address_id: int | None = None
) -> Address | None:
    """Send a code to another proved address of theirs, and return it; None when there is none.

    `address_id`: which one of them, or the best.
    """
    known = await elsewhere(unit, channel, address, person_id)
    to = next((one for one in known if address_id in {None, one.id}), None)
    if to:
        await _send(unit, channel, address, to)
    return to


async def elsewhere(unit: Unit, channel: Channel, address: str, person_id: int) -> list[Address]:
    """Return where else a person can be sent a code, the best first."""
    known = [
        one
        for one in await unit.people.addresses(person_id)
        if (one.channel, one.value) != (channel, address)
        and (one.is_verified or one.is_declared)
        and not one.is_quarantined
        and one.channel not in NO_CODES
    ]
    return sorted(
        known, key=lambda one: (not one.is_declared, one.channel is not Channel.EMAIL, one.id)
    )


async def send_anew(
    unit: Unit, channel: Channel, address: str, contact: str, *, language: str
) -> Channel:
    """Send a code to whoever holds a contact, known to us or not, and return how it goes.

    Typed at `address`, it proves that they hold it. Raises Refused when it is neither an e-mail
    address nor a number, and when too many codes were asked for from here, or for this contact.
    """
    value = _canonical(contact)
    to = Channel.EMAIL if "@" in value else Channel.SMS
    since = unit.clock.now() - WINDOW
    await _require_few(unit, channel, address)
    about = await _mark(unit, value)
    if await unit.codes.made_about(about, since=since) >= MOST_FOR_ONE:
        raise Refused("confirm.too_many", wait=WINDOW)
    code = _code()
    mark = seal(await sealing_key(unit), _words(channel, address, code, about))
    await unit.codes.keep(channel, address, None, mark, lasts=LASTS, about=about)
    await unit.outbox.put(to, value, [_letter(to, code, channel, language)])
    return to


async def holds(unit: Unit, channel: Channel, address: str, contact: str, typed: str) -> bool:
    """Say whether a code typed at an address is the one that was sent to this contact.

    It ends as in `confirmed`, and a wrong one must be kept as well.
    """
    about = await _mark(unit, _canonical(contact))
    return await _tried(unit, channel, address, typed, about) is not None


async def confirmed(unit: Unit, channel: Channel, address: str, typed: str) -> int | None:
    """Return whom a code typed at an address was sent to; None when it is not good.

    A code ends when it is right, when it is old, and after five tries. A wrong one must be kept,
    so it is not raised.
    """
    live = await _tried(unit, channel, address, typed)
    return live.person_id if live else None


async def _tried(
    unit: Unit, channel: Channel, address: str, typed: str, about: str = ""
) -> LiveCode | None:
    """Return the code that may be typed at an address, if this is the one."""
    live = await unit.codes.live(channel, address)
    code = "".join(filter(str.isdecimal, latin_digits(typed)))
    words = _words(channel, address, code, about)
    is_right = is_sealed(await sealing_key(unit), words, live.seal if live else "")
    if live is None:
        return None
    await unit.codes.count_try(live.id)
    if is_right or live.tries + 1 >= MOST_TRIES:
        await unit.codes.end_at(channel, address)
    return live if is_right else None


async def _send(unit: Unit, channel: Channel, address: str, to: Address | None) -> None:
    since = unit.clock.now() - WINDOW
    await _require_few(unit, channel, address)
    if to and await unit.codes.made_for(to.person_id, since=since) >= MOST_FOR_ONE:
        to = None  # answered like any other: how often somebody is asked for tells something too
    code = _code()
    mark = seal(await sealing_key(unit), _words(channel, address, code))
    await unit.codes.keep(channel, address, to.person_id if to else None, mark, lasts=LASTS)
    if to:
        language = await unit.people.language(to.person_id)
        letter = _letter(to.channel, code, channel, language)
        await unit.outbox.put(to.channel, to.value, [letter], person_id=to.person_id)


async def _require_few(unit: Unit, channel: Channel, address: str) -> None:
    """Raise Refused when too many codes were asked for from here within the window."""
    since = unit.clock.now() - WINDOW
    await unit.codes.forget(before=since)
    if await unit.codes.made_at(channel, address, since=since) >= MOST_FROM_HERE:
        raise Refused("confirm.too_many", wait=WINDOW)


def _letter(to: Channel, code: str, channel: Channel, language: str) -> Message:
    text = phrasebook().say(
        "confirm.code_page" if channel is Channel.INBOX else "confirm.code",
        language,
        code=code,
        where=Named(f"delivery.channel_{channel}"),
        lasts=LASTS,
    )
    title = phrasebook().say("confirm.title", language)
    return Message(text, language, title if to is Channel.EMAIL else "")


def _code() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def _words(channel: Channel, address: str, code: str, about: str = "") -> str:
    """Return what is sealed of a code; `about` is the mark of the contact it is to prove."""
    return ":".join(("code", channel, address, code, *([about] if about else [])))


async def _mark(unit: Unit, contact: str) -> str:
    """Return the mark of a contact, from which nobody reads it back."""
    return seal(await sealing_key(unit), f"contact:{contact}")


def _canonical(typed: str) -> str:
    typed = visible(typed)
    kind = Channel.EMAIL if "@" in typed else Channel.SMS
    try:
        return canonical(kind, typed)
    except Refused as refused:
        raise Refused("confirm.no_address") from refused

"""Taking a signature back by a link: it names a hand under a seal, and tells whether nobody."""

import re

from actions.petitions.signing import take_back
from actions.records.sealing import sealing_key
from domain.addresses import Channel
from domain.messages import Message
from domain.petitions import Petition, keys_of
from domain.petitions.forms import reached_by
from domain.petitions.signing import marks
from domain.phrasebook import phrasebook
from domain.seals import is_sealed, seal
from store.unit import Unit

TOKEN = re.compile(r"([\w-]{22})\.([\w-]{22})", re.ASCII)


async def token(unit: Unit, petition: Petition, contact: str) -> str:
    """Return the token by which whoever holds a contact takes its signature back.

    There is one whether they signed first or again: it tells nobody which.
    """
    secret = await sealing_key(unit)
    [key] = keys_of(secret, **marks(contact))
    return f"{key}.{seal(secret, _words(petition, key))}"


async def withdraw_by_token(unit: Unit, petition: Petition, said: str) -> bool:
    """Take a signature back, and say whether the token was good, not whether there was one."""
    found = TOKEN.fullmatch(said)
    if found is None:
        return False
    key, mark = found.groups()
    if not is_sealed(await sealing_key(unit), _words(petition, key), mark):
        return False
    await take_back(unit, petition.id, {key})
    return True


async def thank(unit: Unit, petition: Petition, contact: str, link: str, *, language: str) -> None:
    """Write to a mailbox that has signed how to take it back; a number costs, and is left alone."""
    channel, address = reached_by(contact)
    if channel is Channel.EMAIL:
        say = phrasebook().say
        text = say("sign.thanks", language, ref=petition.ref, subject=petition.subject, link=link)
        title = say("petition.news_title", language, ref=petition.ref)
        await unit.outbox.put(channel, address, [Message(text, language, title)])


def _words(petition: Petition, key: str) -> str:
    return f"unsign:{petition.id}:{key}"

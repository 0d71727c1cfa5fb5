"""The key that only we hold, by which what we once wrote is known again."""

from secrets import token_hex

from domain.seals import KEY_BYTES
from store.unit import Unit

KEY = "seal_key"  # of what only we can have written: tokens, Message-IDs, marks of addresses


async def sealing_key(unit: Unit) -> bytes:
    """Return the key that what we send is sealed with, made the first time it is wanted."""
    return bytes.fromhex(await unit.facts.settle(KEY, token_hex(KEY_BYTES)))

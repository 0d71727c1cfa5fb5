"""What one does with all that is one's own: no right is needed, but it must be sure who it is."""

from enum import StrEnum

from domain.actors import Actor, Proof
from domain.errors import Refused
from domain.phrasebook import Named
from domain.rights import PROVE_FIRST


class Own(StrEnum):
    """What whoever holds a stolen session must not do. Each has a phrase `own.act_<value>`."""

    ADD_ADDRESS = "add_address"
    DECLARE_ADDRESS = "declare_address"
    ADD_PASSKEY = "add_passkey"
    EXPORT = "export"
    ERASE = "erase"


def require_sure(actor: Actor, own: Own) -> int:
    """Return whose it is, or raise Refused: as PROVE_FIRST, unless it was proved lately."""
    if actor.person is None or actor.acts is not None:
        raise Refused("link.needed")
    if actor.proof < Proof.FRESH:
        raise Refused(PROVE_FIRST, act=Named(f"own.act_{own}"))
    return actor.person.id

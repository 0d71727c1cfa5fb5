"""A text of the town hall that is out: read by anybody, in their language where it was written."""

from domain.errors import Refused
from domain.publications import plain_text, ref_of
from handlers.turn import Outcome, Turn


async def shown(turn: Turn, number: int) -> Outcome:
    """Show a text that everybody may read; any other does not exist here."""
    bulletin = await turn.unit.bulletins.one(number)
    if bulletin is None:
        raise Refused("approval.unknown", ref=ref_of(number))
    _, text = bulletin.text(turn.language)
    told = plain_text(bulletin.kind, text)
    return turn.tell(told.body, title=told.title)

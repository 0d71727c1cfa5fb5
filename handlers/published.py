"""A text of the town hall that is out: read by anybody, in their language where it was written."""

from domain.errors import Refused
from domain.publications import in_order
from handlers.turn import Outcome, Turn


async def shown(turn: Turn, number: int) -> Outcome:
    """Show a text that everybody may read; any other does not exist here."""
    if not await turn.unit.references.is_out(number):
        raise Refused("approval.unknown", ref=f"APP-{number}")
    publication = await turn.unit.publications.by_id(number)
    kept = dict(await turn.unit.publications.texts(number))
    texts = kept[publication.content] if publication else {}
    text = in_order(texts, turn.language)[0][1]
    return turn.tell(text.body, title=text.title)

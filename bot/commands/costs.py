"""What a rehearsed notice would cost, on the channels that are paid by the part."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.wiring import Program
    from domain.addresses import Channel
    from domain.notices import Content

Texts = Mapping[str, tuple[str, str]]
"""Title and text by language."""


@dataclass(frozen=True, slots=True)
class Cost:
    """`parts` of all messages together, at the price of one; the network's bill decides."""

    channel: str
    messages: int
    parts: int
    price: Decimal
    currency: str

    @property
    def total(self) -> Decimal:
        return self.parts * self.price

    def to_json(self) -> dict[str, object]:
        return {**asdict(self), "price": str(self.price), "total": str(self.total)}


def costs(
    program: "Program", going: "Mapping[tuple[Channel, str], int]", texts: Texts
) -> Iterator[Cost]:
    """Count the parts of what goes to how many, by channel and language.

    Raises Refused when somebody's language has no text.
    """
    from domain.channel import Metered
    from domain.errors import Refused

    said = messages(texts)
    sms = program.settings.sms
    for channel, provider in program.providers.items():
        if not isinstance(provider, Metered):
            continue
        number = parts = 0
        for (way, language), count in going.items():
            if way is channel:
                if language not in said:
                    raise Refused("announcement.missing_language", language=language)
                number += count
                parts += count * provider.parts(said[language])
        yield Cost(channel, number, parts, sms.price, sms.currency)


def messages(texts: Texts) -> "Content":
    """Return texts as they would be said."""
    from domain.messages import Message

    return {
        language: Message(text.strip(), language, title.strip())
        for language, (title, text) in texts.items()
    }

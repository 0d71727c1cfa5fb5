"""What messages cost on the channels that are paid by the part."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal

from domain.addresses import Channel
from domain.channel import Metered, Provider
from domain.notices import Content, in_language


@dataclass(frozen=True, slots=True)
class Price:
    """What one part costs, in a currency of ISO 4217."""

    amount: Decimal
    currency: str


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
    providers: Mapping[Channel, Provider],
    going: Mapping[tuple[Channel, str], int],
    content: Content,
    price: Price,
) -> Iterator[Cost]:
    """Count the parts of what goes to how many, by channel and language."""
    for channel, provider in providers.items():
        if not isinstance(provider, Metered):
            continue
        number = parts = 0
        for (way, language), count in going.items():
            if way is channel:
                number += count
                parts += count * provider.parts(in_language(content, language))
        yield Cost(channel, number, parts, price.amount, price.currency)

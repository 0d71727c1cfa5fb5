"""What a lane holds: deliveries to be sent, and the lease that lets it send them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from domain.channel import Parcel
from domain.messages import Message
from store.chunks import Claim
from store.deliveries import Waiting
from store.outbox import Urgency


@dataclass(slots=True, eq=False)
class Holding:
    """A chunk we hold, and how many of its deliveries are still to be settled."""

    claim: Claim
    left: int
    until: datetime

    def covers(self, now: datetime) -> bool:
        return now < self.until

    def lose(self) -> None:
        self.until = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True, eq=False)
class Job:
    """One delivery in hand. `is_called`: it is the next one its address waits for.

    `parts`: how many its network counts it for.
    """

    waiting: Waiting
    message: Message
    content_key: str | None
    holding: Holding
    parts: int = 1
    is_called: bool = field(default=False)

    @property
    def address(self) -> str:
        return self.waiting.address

    @property
    def urgency(self) -> Urgency:
        return self.holding.claim.urgency

    @property
    def rank(self) -> tuple[int, int]:
        """Before which other deliveries to the same address this one goes: the lower first."""
        return self.urgency, self.waiting.id

    @property
    def parcel(self) -> Parcel:
        return Parcel(
            delivery_id=self.waiting.id,
            address=self.waiting.address,
            message=self.message,
            notice_class=self.waiting.notice_class,
            content_key=self.content_key,
            notice_kind=self.waiting.notice_kind,
            queued_at=self.waiting.queued_at,
            expires_at=self.waiting.expires_at,
            person_id=self.waiting.person_id,
        )

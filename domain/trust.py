"""How long an address is trusted to be its owner's, and for what."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.actors import Proof
from domain.addresses import Channel

PHONES = frozenset({Channel.SMS, Channel.WHATSAPP})


@dataclass(frozen=True, slots=True)
class Trust:
    """How long after a proof an address may bind others, and for how long a number is known.

    Telephone numbers are given to others when they are given up: a proof of one does not last for
    ever. Slack's members are let in by their administrators, so a proof there lasts longer.
    """

    fresh_for: timedelta = timedelta(hours=12)
    fresh_on_slack_for: timedelta = timedelta(days=7)
    phone_lasts: timedelta = timedelta(days=365)

    def proof(self, channel: Channel, verified_at: datetime | None, now: datetime) -> Proof:
        """Return what a proof of then is worth now; nothing, where there never was one."""
        if verified_at is None or (channel in PHONES and now - verified_at >= self.phone_lasts):
            return Proof.NONE
        lasts = self.fresh_on_slack_for if channel is Channel.SLACK else self.fresh_for
        return Proof.FRESH if now - verified_at < lasts else Proof.LINKED

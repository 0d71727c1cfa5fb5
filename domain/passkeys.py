"""Passkeys: keys that a person's own device holds, and only their public halves are ours."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Passkey:
    """`uses`: how often its device says that it was used; 0 for ever where it does not count."""

    id: int
    person_id: int
    credential: str
    public_key: bytes
    uses: int
    name: str
    made_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that a device has just made, as it was proved to us."""

    credential: str
    public_key: bytes
    uses: int

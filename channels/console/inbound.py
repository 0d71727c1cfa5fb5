"""What a person types at a terminal, as something they said."""

from itertools import count

from domain.addresses import Channel
from domain.clock import Clock
from domain.messages import MESSAGE_OF_A_TALKER, Heard, Incoming


class Keyboard:
    """One person's keyboard, from the start of a program to its end.

    `address` is their console address. `run` names this start and no other, since the numbers of
    lines begin anew with each.
    """

    def __init__(self, address: str, *, run: str, clock: Clock) -> None:
        self._address = address
        self._run = run
        self._clock = clock
        self._numbers = count(1)

    def heard(self, line: str) -> Incoming:
        """Translate one typed line."""
        return Incoming(
            channel=Channel.CONSOLE,
            address=self._address,
            update_ref=f"{self._run}:{next(self._numbers)}",
            kind=Heard.TEXT,
            at=self._clock.now(),
            text=line.strip()[:MESSAGE_OF_A_TALKER],
        )

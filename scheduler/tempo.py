"""How fast the dispatcher lives: tests and rehearsals hurry."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Tempo:
    """Spans of the dispatcher's life.

    `lease` is how long a chunk is ours without a word, `renewal` how often we say so; `poll` how
    often an idle lane looks; `flush` how long outcomes are gathered before they are recorded
    together; `patience` how long a provider may take; `farewell` how long a stop waits for what is
    under way. `keeps_limits` is False where nobody's network is asked.
    """

    lease: timedelta = timedelta(seconds=30)
    renewal: timedelta = timedelta(seconds=10)
    poll: timedelta = timedelta(seconds=1)
    flush: timedelta = timedelta(milliseconds=20)
    patience: timedelta = timedelta(seconds=60)
    farewell: timedelta = timedelta(seconds=10)
    keeps_limits: bool = True

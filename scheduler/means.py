"""What everybody in the dispatcher works with."""

from dataclasses import dataclass
from random import Random

from domain.clock import Clock
from domain.tracing import UNTRACED, Tracing
from domain.trials import Trial
from scheduler.contents import Contents
from scheduler.measures import Measures
from scheduler.tempo import Tempo
from store.connecting import Store


@dataclass(frozen=True, slots=True)
class Means:
    store: Store
    clock: Clock
    chance: Random
    tempo: Tempo
    measures: Measures
    contents: Contents
    trial: Trial | None = None
    tracing: Tracing = UNTRACED

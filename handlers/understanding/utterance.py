"""An utterance taken apart: its words, and what they name whatever is meant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.clock import wall_time
from handlers.understanding import details
from handlers.understanding.marks import Mark, looks_back, marked
from handlers.understanding.meaning import KnownBody
from handlers.understanding.named_bodies import NamedBody, council, named_body
from handlers.understanding.references import Reference, references
from handlers.understanding.spoken_time import SpokenTime, spoken_time
from handlers.understanding.wording import Word, worded


@dataclass(frozen=True, slots=True)
class Utterance:
    """What was said, seen from `now` (UTC) in the commune's `zone`.

    `marks` are those of the calendar without the numbers of `references`, which are no days.
    """

    text: str
    words: Sequence[Word]
    marks: Sequence[Mark]
    now: datetime
    zone: ZoneInfo
    references: Sequence[Reference]
    body: NamedBody
    time: SpokenTime
    council: str | None = None  # the key of the town's council

    @property
    def today(self) -> date:
        return wall_time(self.now, self.zone).date()

    @property
    def item_number(self) -> str | None:
        return details.item_number(self.marks)

    @property
    def slots(self) -> dict[str, object]:
        """What is named whatever is meant; what an intent wants of it is asked later."""
        item = {"item_number": self.item_number} if self.item_number else {}
        return {**self.time.slots, **self.body.slots, **details.named(self.words), **item}

    @property
    def masked(self) -> tuple[str, ...]:
        """The words as those of examples: what was named is a mask, said once."""
        masks = {**self._numbers(), **dict.fromkeys(self.body.said, "BODY"), **self.time.masks}
        shown = [masks.get(at, word.norm) for at, word in enumerate(self.words)]
        return tuple(
            word
            for at, word in enumerate(shown)
            if not (word.isupper() and shown[at - 1 : at] == [word])
        )

    def of_what_was(self) -> "Utterance":
        """Return it with its dates looked for in the past first."""
        time = spoken_time(self.words, self.marks, self.text, self.now, self.zone, looks_back=True)
        return replace(self, time=time)

    def _numbers(self) -> dict[int, str]:
        counted = {at: "NUMBER" for one in self.references for at in one.said}
        marked_ones = {
            at: "NUMBER"
            for mark in self.marks
            if mark.letter in "NOFY"
            for at in range(mark.first, mark.last + 1)
        }
        return {**counted, **marked_ones}


def uttered(text: str, now: datetime, zone: ZoneInfo, bodies: Sequence[KnownBody]) -> Utterance:
    """Take a cleaned text apart."""
    words = worded(text)
    found = marked(words)
    numbered = references(words, found)
    said = {at for one in numbered for at in one.said}
    marks = [Mark(".", None, one.first, one.last) if one.first in said else one for one in found]
    time = spoken_time(words, marks, text, now, zone, looks_back=looks_back(words))
    body = named_body(words, bodies)
    return Utterance(text, words, marks, now, zone, numbered, body, time, council(bodies))

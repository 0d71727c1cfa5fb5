"""Sheets: a form as one person sees it, in their language, with what they answered so far."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

RESUME = "form"  # `form:<name>`, the value of a choice that shows a form again


class FieldKind(StrEnum):
    """What a question takes for an answer; every answer is kept as text."""

    SHORT = "short"  # a line
    LONG = "long"  # several
    CHOICE = "choice"  # one of its options, by its value
    DATE = "date"  # a local day, `2026-02-05`
    MOMENT = "moment"  # a wall time, `2026-02-05T18:00`
    NUMBER = "number"  # a whole number, in the figures 0 to 9
    EMAIL = "email"
    PHONE = "phone"  # as E.164
    YES_NO = "yes_no"  # `yes` or `no`
    FILE = "file"  # see domain.files.Kept


@dataclass(frozen=True, slots=True)
class Option:
    """An answer that can be chosen: what is shown, and what is kept."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Blank:
    """One question of a sheet. `label` names it in a word or two, `question` asks it in full.

    `answer` is as it is kept, `told` as people read it. `longest` counts characters.
    """

    name: str
    kind: FieldKind
    label: str
    question: str
    longest: int
    is_optional: bool = False
    options: tuple[Option, ...] = ()
    answer: str = ""
    told: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form to fill in at once. What comes back is an Incoming of kind FORM.

    `zone` is whose wall time the moments are. `submit` and `close` label the two ways out.
    """

    name: str
    title: str
    submit: str
    close: str
    language: str
    zone: str
    blanks: tuple[Blank, ...]

    @property
    def resumed_by(self) -> str:
        """The value of a choice that shows this sheet again."""
        return f"{RESUME}:{self.name}"

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        return cls(**{**plain, "blanks": tuple(_blank(one) for one in plain["blanks"])})


def _blank(plain: Mapping[str, Any]) -> Blank:
    options: Sequence[Mapping[str, str]] = plain["options"]
    return Blank(
        **{
            **plain,
            "kind": FieldKind(plain["kind"]),
            "options": tuple(Option(**one) for one in options),
        }
    )

"""What is asked of petitioners: before filing, to see what would stop it; then what it says."""

from collections.abc import Callable, Mapping
from datetime import date

from domain.addresses import Channel, canonical
from domain.errors import Refused
from domain.forms import Fault, Field, Form
from domain.petitions.conditions import Answers
from domain.petitions.identity import is_name
from domain.petitions.petition import (
    GOALS_LENGTH,
    REASONS_LENGTH,
    SUBJECT_LENGTH,
    PetitionKind,
)
from domain.sheets import FieldKind

YES, NO, UNKNOWN = "yes", "no", "unknown"
SAID: Mapping[str, bool] = {YES: True, NO: False}  # UNKNOWN says neither
NAME_LENGTH = 100
FILE = "file"


def _asked(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name, FieldKind.CHOICE, options=(YES, NO, UNKNOWN)) for name in names)


def _name(answer: str, _: date) -> str | Fault:
    return answer if is_name(answer) else Fault("petition.no_name")


def _past(answer: str, today: date) -> str | Fault:
    return answer if date.fromisoformat(answer) <= today else Fault("petition.not_yet")


def _contact(answer: str, _: date) -> str | Fault:
    try:
        return reached_by(answer)[1]
    except Refused:
        return Fault("petition.no_contact")


def reached_by(contact: str) -> tuple[Channel, str]:
    """Return how a contact is reached, an e-mail address or a number; raises Refused."""
    channel = Channel.EMAIL if "@" in contact else Channel.SMS
    return channel, canonical(channel, contact)


SUBJECT = Field("subject", FieldKind.SHORT, longest=SUBJECT_LENGTH)
OF_ALL = _asked("is_communal", "touches_constants", "is_before_a_court", "is_about_security")
OF_CITIZENS = _asked("lives_or_works_here", "may_register_to_vote", "has_direct_interest")
OF_ASSOCIATIONS = _asked("is_in_good_standing", "has_seat_here", "is_its_field")
TEXT = (
    SUBJECT,
    Field("reasons", FieldKind.LONG, longest=REASONS_LENGTH),
    Field("goals", FieldKind.LONG, longest=GOALS_LENGTH),
)
NAME = Field("name", FieldKind.SHORT, longest=NAME_LENGTH, check=_name)
CONTACT = Field("contact", FieldKind.SHORT, longest=254, check=_contact)
MANDATARY = (NAME, CONTACT, Field(FILE, FieldKind.FILE, is_optional=True))
ASSOCIATION = Field("association", FieldKind.SHORT, longest=200)

PRECHECKS: Mapping[PetitionKind, Form] = {
    PetitionKind.CITIZENS: Form("precheck_citizens", (SUBJECT, *OF_ALL, *OF_CITIZENS), ("body",)),
    PetitionKind.ASSOCIATION: Form(
        "precheck_association",
        (
            SUBJECT,
            *OF_ALL,
            Field("recognised_on", FieldKind.DATE, is_optional=True, check=_past),
            *OF_ASSOCIATIONS,
        ),
        ("body",),
    ),
}
# `checks` holds the answers to the pre-check, as `written` writes them.
FILINGS: Mapping[PetitionKind, Form] = {
    PetitionKind.CITIZENS: Form("petition_citizens", (*TEXT, *MANDATARY), ("body", "checks")),
    PetitionKind.ASSOCIATION: Form(
        "petition_association", (*TEXT, ASSOCIATION, *MANDATARY), ("body", "checks")
    ),
}
SUPPLEMENT = Form(
    "petition_supplement",
    (Field("text", FieldKind.LONG), Field(FILE, FieldKind.FILE, is_optional=True)),
    ("petition",),
)

BELIEVED: Mapping[str, Callable[[str], bool | date | None]] = {
    **{field.name: SAID.get for field in (*OF_ALL, *OF_CITIZENS, *OF_ASSOCIATIONS)},
    "recognised_on": lambda said: date.fromisoformat(said) if said else None,
}


def answers(kind: PetitionKind, said: Mapping[str, str]) -> Answers:
    """Return what was answered to the pre-check; what was not asked stays unknown."""
    known = {name: BELIEVED[name](said[name]) for name in BELIEVED if name in said}
    return Answers(is_association=kind is PetitionKind.ASSOCIATION, **known)  # type: ignore[arg-type]  # each reader gives its field's own type


def written(said: Mapping[str, str]) -> str:
    """Write the answers to the pre-check into one line, for a form that carries them along."""
    return ";".join(f"{name}={said[name]}" for name in BELIEVED if name in said)


def read(line: str) -> dict[str, str]:
    """Read what `written` wrote."""
    pairs = (pair.partition("=") for pair in line.split(";") if pair)
    return {name: value for name, _, value in pairs if name in BELIEVED}

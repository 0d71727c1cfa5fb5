"""Documents of a session: their kinds, their versions, who may read them."""

from dataclasses import dataclass
from enum import StrEnum


class DocumentKind(StrEnum):
    CONVOCATION = "convocation"
    AGENDA = "agenda"
    TIMETABLE = "timetable"
    REPORT = "report"
    DRAFT_DECISION = "draft_decision"
    ANNEX = "annex"
    MINUTES = "minutes"
    ATTENDANCE = "attendance"
    PRESS = "press"


class Visibility(StrEnum):
    PUBLIC = "public"
    MEMBERS = "members"
    COMMISSION = "commission"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Document:
    """One version of one document; its bytes are kept under `sha256`.

    `name` is the file's; `size` is in bytes.
    """

    id: int
    session_id: int
    item_id: int | None
    kind: DocumentKind
    title: str
    language: str
    version: int
    sha256: str
    name: str
    media_type: str
    size: int
    visibility: Visibility = Visibility.MEMBERS


def visible_to(
    visibility: Visibility, *, is_member: bool, is_staff: bool, is_in_commission: bool = False
) -> bool:
    """Return whether someone may read, search for, or learn of a document.

    `is_member`: of the body that meets. `is_in_commission`: of the commission that studies it.
    """
    return (
        is_staff
        or {
            Visibility.PUBLIC: True,
            Visibility.MEMBERS: is_member,
            Visibility.COMMISSION: is_in_commission,
            Visibility.STAFF: False,
        }[visibility]
    )

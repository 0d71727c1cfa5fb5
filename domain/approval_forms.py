"""What is asked of those who write texts, and of those who decide on them."""

from datetime import date

from domain.forms import Fault, Field, Form, not_past
from domain.notices import Audience, AudienceKind
from domain.phrasebook import LANGUAGES
from domain.publications import PublicationKind, Text, Texts, read_text
from domain.sheets import FieldKind

REASON_LENGTH = 1000  # characters
# What somebody writes by hand; what is of a session is made from the records.
WRITTEN = (
    PublicationKind.PRESS_RELEASE,
    PublicationKind.POST,
    PublicationKind.NEWSLETTER,
    PublicationKind.SPEECH,
    PublicationKind.NOTICE,
)
AUDIENCES = {
    "everyone": AudienceKind.EVERYONE,
    "followers": AudienceKind.FOLLOWERS,
    "members": AudienceKind.BODY,
}


def _with_a_title(answer: str, _: date) -> str | Fault:
    return answer if read_text(answer) else Fault("publication.needs_title")


TEXTS = tuple(
    Field(f"text_{language}", FieldKind.LONG, is_optional=True, check=_with_a_title)
    for language in LANGUAGES
)
PUBLICATION = Form(
    "publication",
    (
        Field("kind", FieldKind.CHOICE, options=tuple(kind.value for kind in WRITTEN)),
        *TEXTS,
        Field("audience", FieldKind.CHOICE, options=tuple(AUDIENCES)),
        Field("release", FieldKind.MOMENT, is_optional=True, check=not_past),
    ),
)
REWRITING = Form("rewriting", TEXTS, given=("publication",))
# Which text, in which round, and which letters of its sha256 were shown.
SHOWN = ("publication", "round", "mark")
CHANGES = Form(
    "approval_changes", (Field("reason", FieldKind.LONG, longest=REASON_LENGTH),), given=SHOWN
)
REJECT = Form(
    "approval_reject", (Field("reason", FieldKind.LONG, longest=REASON_LENGTH),), given=SHOWN
)
WITHDRAWAL = Form(
    "approval_withdraw",
    (Field("reason", FieldKind.LONG, longest=REASON_LENGTH),),
    given=("publication",),
)
DELEGATION = Form(
    "delegation",
    (
        Field("deputy", FieldKind.SHORT),
        Field("starts", FieldKind.DATE, check=not_past),
        Field("ends", FieldKind.DATE, check=not_past),
    ),
)


def texts_of(answers: dict[str, str]) -> Texts:
    """Return what was written, by language."""
    read: dict[str, Text | None] = {
        language: read_text(answers.get(f"text_{language}", "")) for language in LANGUAGES
    }
    return {language: text for language, text in read.items() if text}


def audience_of(answer: str, body_key: str) -> Audience:
    kind = AUDIENCES[answer]
    return Audience(kind, "" if kind is AudienceKind.EVERYONE else body_key)

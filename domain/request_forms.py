"""What is asked of whoever asks something of the town hall: a form for each kind of request."""

from collections.abc import Mapping

from domain.forms import Field, Form, not_past
from domain.requests import INCOMING, OUTGOING, RequestKind
from domain.sheets import FieldKind

QUESTION = Form(
    RequestKind.QUESTION.value,
    (
        Field("addressee", FieldKind.CHOICE, options=("president", "vice_president")),
        Field("subject", FieldKind.SHORT),
        Field("text", FieldKind.LONG),
        Field("file", FieldKind.FILE, is_optional=True),
    ),
    given=("body",),
)
AUDIENCE = Form(
    RequestKind.AUDIENCE.value,
    (
        Field(
            "whom",
            FieldKind.CHOICE,
            options=("president", "vice_president", "cabinet", "director_general"),
        ),
        Field("subject", FieldKind.SHORT),
        Field("name", FieldKind.SHORT, longest=100),
        Field("day", FieldKind.DATE, is_optional=True, check=not_past),
        Field("phone", FieldKind.PHONE, is_optional=True),
    ),
)
MESSAGE = Form(
    RequestKind.MESSAGE.value,
    (
        Field("subject", FieldKind.SHORT),
        Field("text", FieldKind.LONG),
        Field("contact", FieldKind.SHORT, is_optional=True),
    ),
)
MEDIA = Form(
    RequestKind.MEDIA.value,
    (
        Field("outlet", FieldKind.SHORT, longest=100),
        Field("journalist", FieldKind.SHORT, is_optional=True, longest=100),
        Field("question", FieldKind.LONG),
        Field("deadline", FieldKind.MOMENT, is_optional=True, check=not_past),
    ),
)
MAIL = Form(
    RequestKind.MAIL.value,
    (
        Field("direction", FieldKind.CHOICE, options=(INCOMING, OUTGOING)),
        Field("correspondent", FieldKind.SHORT),
        Field("subject", FieldKind.SHORT),
        Field("assignee", FieldKind.SHORT, is_optional=True, longest=100),
    ),
)

FORMS: Mapping[str, Form] = {form.name: form for form in (QUESTION, AUDIENCE, MESSAGE, MEDIA, MAIL)}

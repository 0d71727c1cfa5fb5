"""Telling the staff of a new request: those whose work it is, each as they like to be told."""

from datetime import time, tzinfo

from actions.meetings import tenant, today
from domain.clock import wall_time, zone
from domain.forms import summary
from domain.messages import Message
from domain.notices import Audience, AudienceKind, NoticeClass, NoticeKind
from domain.people import Person
from domain.phrasebook import LANGUAGES, phrasebook
from domain.request_forms import FORMS
from domain.requests import TOLD, Request
from store.unit import Unit


async def tell_staff(unit: Unit, request: Request, *, filed_by: Person | None) -> None:
    """Publish a notice to each of the staff concerned, but for whoever filed it."""
    commune = await tenant(unit)
    staff = await unit.people.holding(TOLD[request.kind], on=today(unit.clock, commune))
    say = phrasebook().say
    content = {
        language: Message(
            told(request, language, filed_by.name if filed_by else "", zone(commune.zone)),
            language,
            title=say(f"request.new_{request.kind}", language, ref=request.ref),
        )
        for language in LANGUAGES
    }
    for person_id in staff:
        if filed_by is None or person_id != filed_by.id:
            await unit.notices.publish(
                commune.id,
                notice_class=NoticeClass.INFORMATIONAL,
                kind=NoticeKind.REQUEST,
                audience=Audience(AudienceKind.PERSON, str(person_id)),
                content=content,
                created_by="beffroi",
            )


def told(request: Request, language: str, filed_by: str, place: tzinfo) -> str:
    """Return what a request says, who filed it if we know them, and when it is due."""
    say = phrasebook().say
    lines = [say("request.filed_by", language, name=filed_by)] if filed_by else []
    lines.append(summary(FORMS[request.kind], request.fields, language))
    if request.due_at:
        due = wall_time(request.due_at, place)
        lines.append(say("request.due", language, due=due.date() if due.time() == time() else due))
    return "\n".join(lines)

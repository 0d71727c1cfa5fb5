import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from channels.webhook.render import render
from domain.messages import Attachment
from domain.notices import NoticeClass, NoticeKind
from domain.webhooks import Bulletin
from tests.channels.email.samples import ARABIC, CONVENED, ODD, PDF, PLAIN

SECRET_PAPER = Attachment("Huis clos.pdf", "application/pdf", "b" * 64, 9)
CONVOCATION = Bulletin(
    kind=NoticeKind.CONVOCATION,
    content={
        "fr": replace(CONVENED, attachments=(PDF, SECRET_PAPER)),
        "ar": replace(CONVENED, language="ar", text="استدعاء", attachments=(PDF,)),
    },
    notice_id=17,
    notice_class=NoticeClass.STATUTORY,
    published_at=datetime(2027, 1, 20, 9, 30, tzinfo=UTC),
    body_key="council",
    session_id=7,
    public_files=frozenset({PDF.sha256}),
)


def written(bulletin: Bulletin) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(render(bulletin, 42))
    return read


def test_a_convocation_is_told_as_a_program_reads_it() -> None:
    assert written(CONVOCATION) == {
        "version": 1,
        "delivery": "42",
        "kind": "convocation",
        "class": "statutory",
        "notice": 17,
        "published_at": "2027-01-20T09:30:00+00:00",
        "body": "council",
        "session": {
            "id": 7,
            "uid": "session-7@casablanca.test",
            "sequence": 2,
            "status": "CONFIRMED",
            "starts": "2027-02-05T09:00:00",
            "ends": "2027-02-05T13:00:00",
            "zone": "Africa/Casablanca",
            "place": "Salle des délibérations",
        },
        "content": {
            "ar": {"title": "Convocation", "text": "استدعاء", "direction": "rtl"},
            "fr": {"title": "Convocation", "text": CONVENED.text, "direction": "ltr"},
        },
        "documents": [
            {
                "name": PDF.name,
                "media_type": "application/pdf",
                "sha256": PDF.sha256,
                "size": PDF.size,
            }
        ],
    }


def test_what_is_debated_behind_closed_doors_stays_with_the_members() -> None:
    read = written(replace(CONVOCATION, is_closed=True))
    assert [said["text"] for said in read["content"].values()] == [None, None]
    assert "Huis clos" not in json.dumps(read)
    assert read["session"]["starts"] == "2027-02-05T09:00:00"


def test_a_repeat_is_the_same_to_the_byte() -> None:
    assert render(CONVOCATION, 42) == render(CONVOCATION, 42)


def test_an_announcement_has_no_session_and_no_papers() -> None:
    read = written(Bulletin(kind=NoticeKind.ANNOUNCEMENT, content={"fr": PLAIN, "ar": ARABIC}))
    assert (read["session"], read["documents"], read["body"]) == (None, [], None)
    assert read["content"]["ar"]["text"] == ARABIC.text


def test_a_session_without_an_event_is_still_named() -> None:
    bulletin = Bulletin(kind=NoticeKind.ANNOUNCEMENT, content={"fr": PLAIN}, session_id=7)
    assert written(bulletin)["session"] == {"id": 7}


def test_odd_letters_are_still_json() -> None:
    read = written(Bulletin(kind=NoticeKind.ANNOUNCEMENT, content={"en": ODD}))
    assert read["content"]["en"]["text"].startswith("?")

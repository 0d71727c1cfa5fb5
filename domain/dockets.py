"""Which session answers a written question, by the law's clock."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.law import deadline
from domain.law.loading import pack, pack_keys

RULE = "written_questions_latest_receipt"
FURTHEST = 100  # days looked ahead; the law's month has 31 at most


@dataclass(frozen=True, slots=True)
class Docket:
    """When a question that is received in time is answered.

    The first session that opens on `first_day` or later has it on its agenda, by `article`.
    """

    first_day: date
    article: str


def docket(pack_key: str, received: date) -> Docket | None:
    """Return where a question received on a day stands; None where the law sets it no clock.

    Morocco: on the agenda of the next session, if received a month before (law 113-14, art. 46).
    """
    if pack_key not in pack_keys() or f"{pack_key}.{RULE}" not in pack(pack_key).deadlines:
        return None
    for days in range(FURTHEST):
        opening = received + timedelta(days=days)
        latest = deadline(f"{pack_key}.{RULE}", {"session_date": opening})
        if latest.date >= received:
            return Docket(opening, latest.article)
    return None

from dataclasses import replace

import pytest

from channels.email.leaving import WaysOut
from domain.addresses import Channel
from domain.channel import Parcel
from domain.leaving import Leaver
from domain.notices import NoticeClass
from tests.channels.email.samples import KEY, PLAIN, letters, parsed

PAGE = "https://conseil.test/unsubscribe/"
NEWS = Parcel(7, "a@casablanca.test", PLAIN, notice_class=NoticeClass.INFORMATIONAL, person_id=12)
TOKEN = Leaver(12, Channel.EMAIL).token(KEY)


async def header(parcel: Parcel, ways_out: WaysOut | None, name: str) -> str | None:
    posted = await letters(ways_out=ways_out).posted(parcel, parcel.address)
    value = parsed(posted.data)[name]
    return value and str(value)


async def test_news_is_left_in_one_click_or_by_a_letter() -> None:
    ways_out = WaysOut(PAGE, "conseil@casablanca.test")
    assert await header(NEWS, ways_out, "List-Unsubscribe") == (
        f"<{PAGE}{TOKEN}>, <mailto:conseil@casablanca.test?subject=unsubscribe%20{TOKEN}>"
    )
    assert await header(NEWS, ways_out, "List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"
    assert await header(NEWS, ways_out, "List-Id") == "<conseil.casablanca.test>"


async def test_a_mailbox_that_nobody_reads_is_not_offered() -> None:
    assert await header(NEWS, WaysOut(PAGE), "List-Unsubscribe") == f"<{PAGE}{TOKEN}>"


@pytest.mark.parametrize("owed", [NoticeClass.STATUTORY, NoticeClass.EMERGENCY, None])
async def test_what_is_owed_cannot_be_left(owed: NoticeClass | None) -> None:
    parcel = replace(NEWS, notice_class=owed)
    assert await header(parcel, WaysOut(PAGE), "List-Unsubscribe") is None


async def test_without_a_page_or_a_person_nothing_is_offered() -> None:
    assert await header(NEWS, None, "List-Unsubscribe") is None
    nobody = replace(NEWS, person_id=None)
    assert await header(nobody, WaysOut(PAGE), "List-Unsubscribe") is None


async def test_no_line_of_the_headers_is_too_long() -> None:
    ways_out = WaysOut(f"https://{'a' * 60}.test/unsubscribe/", "conseil@casablanca.test")
    posted = await letters(ways_out=ways_out).posted(NEWS, NEWS.address)
    head = posted.data.partition(b"\r\n\r\n")[0]
    assert max(len(line) for line in head.split(b"\r\n")) < 998
    assert (
        NEWS.address.encode()
        not in posted.data.partition(b"List-Unsubscribe")[2].partition(b"From")[0]
    )

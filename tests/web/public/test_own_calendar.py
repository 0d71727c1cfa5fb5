"""One's own calendar, read by a secret link."""

import re
from http import HTTPStatus

from tests.town import Town
from tests.web.people import Browser
from tests.web.public.conftest import Council

LINK = re.compile(r'value="http://[^/]+(/calendars/mine/[^"]+)"')


async def test_a_member_s_own_calendar_is_read_by_a_secret_link_until_it_is_taken_back(
    town: Town, reader: Browser, citizen: Browser, council: Council
) -> None:
    await reader.opens("/calendar")
    nonce = reader.nonce
    await reader.sends("/calendar", do="open", nonce=nonce)
    found = LINK.search(reader.html)
    assert found
    await reader.sends("/calendar", do="open", nonce=nonce)  # the same form again
    assert found[1] in reader.html
    own = await citizen.opens(found[1])
    assert "session-1@beffroi" in own.text
    assert f"session-{council.draft}@beffroi" not in own.text
    assert own.headers["cache-control"].startswith("private")
    await town.session("arr:anfa")
    assert "Anfa" not in (await citizen.opens(found[1])).text
    await reader.opens("/sessions?body=arr%3Aanfa")
    await reader.sends("/follow", topic="body:arr:anfa", wanted="yes", back="/")
    assert "Anfa" in (await citizen.opens(found[1])).text
    assert found[1] not in (await reader.opens("/calendar")).text
    await reader.sends("/calendar", do="close")
    assert (await citizen.opens(found[1])).status_code == HTTPStatus.NOT_FOUND
    assert (await citizen.opens("/calendars/mine/x.ics")).status_code == HTTPStatus.NOT_FOUND

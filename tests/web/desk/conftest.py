"""Whoever works at a desk: each in a browser, signed in."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest

from domain.bodies import Role
from tests.town import Town
from tests.web.people import Browser, browser_in, with_email

At = Callable[..., Awaitable[Browser]]


@pytest.fixture
async def at_desk(town: Town) -> AsyncIterator[At]:
    """Return who opens a browser in which somebody of a role in a body is signed in."""
    async with AsyncExitStack() as stack:

        async def signed_in(role: Role, *, body: str = "council", language: str = "fr") -> Browser:
            address = f"{role}.{body.replace(':', '-')}@example.ma"
            talker = await town.resident(f"{role} {body}", language, seats=[body], role=role)
            await with_email(town, talker.person_id, address)
            browser = await stack.enter_async_context(browser_in(town))
            await browser.signs_in(address)
            return browser

        yield signed_in

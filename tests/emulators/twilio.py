"""A Twilio for tests: emulate's, with telephones that write and carriers that report.

    async with twilio_emulator(public_url) as twilio:
        await twilio.text("+212661000001", "agenda")
        await twilio.report(sid, "delivered")

`public_url` is where our doors are; calls to them are signed as Twilio signs.
"""

import contextlib
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from twilio.request_validator import RequestValidator

from tests.emulators import node
from tests.ports import free_port

ACCOUNT = "AC" + "0" * 32
TOKEN = "twilio_test_auth_token"
NUMBER = "+212520000000"
PROGRAM = Path(__file__).parent / "twilio.mjs"


@dataclass(frozen=True, slots=True)
class Twilio:
    """What stands on the other side, seen from outside."""

    base_url: str
    public_url: str
    session: aiohttp.ClientSession

    async def messages(self, **asked: str) -> list[dict[str, Any]]:
        """Return what was sent, oldest first; `asked` as the API names it (To, From)."""
        path = f"{self.base_url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
        async with self.session.get(path, params={**asked, "PageSize": "1000"}) as response:
            listed = (await response.json())["messages"]
        return [one for one in reversed(listed) if one["direction"] == "outbound-api"]

    async def text(self, sender: str, body: str, *, to: str = NUMBER) -> str:
        """Write from a telephone, and return the message's SID once our door has answered."""
        return await self._simulate("inbound-message", From=sender, To=to, Body=body)

    async def report(self, sid: str, status: str) -> None:
        """Have a carrier say what became of a message."""
        await self._simulate("message-status", MessageSid=sid, Status=status)

    async def _simulate(self, what: str, **fields: str) -> str:
        path = f"{self.base_url}/_twilio/simulate/{what}"
        async with self.session.post(path, data=fields) as response:
            answer = await response.json()
            assert response.ok, answer
        return str(answer["sid"])


@contextlib.asynccontextmanager
async def twilio_emulator(
    public_url: str = "http://127.0.0.1:9", numbers: tuple[str, ...] = (NUMBER,)
) -> AsyncIterator[Twilio]:
    """Run an emulator on 127.0.0.1, on a free port; `public_url` is where it calls us."""
    numbers = (*numbers, *(f"whatsapp:{number}" for number in numbers))
    port = free_port()
    seed = {
        "port": port,
        "numbers": numbers,
        "account": ACCOUNT,
        "token": TOKEN,
        "url": public_url,
    }
    async with (
        node.running(PROGRAM, json.dumps(seed)),
        aiohttp.ClientSession(headers=authorization()) as session,
    ):
        yield Twilio(f"http://127.0.0.1:{port}", public_url, session)


def signed(url: str, form: Mapping[str, str], *, token: str = TOKEN) -> dict[str, str]:
    """Return the headers of a call that Twilio makes."""
    signature = RequestValidator(token).compute_signature(url, form)
    return {
        "X-Twilio-Signature": signature,
        "Content-Type": "application/x-www-form-urlencoded",
    }


def authorization() -> dict[str, str]:
    return {"Authorization": aiohttp.encode_basic_auth(ACCOUNT, TOKEN)}

"""An OpenID provider for tests: oidc-provider-mock, which Authlib's server side is within."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import aiohttp

from tests.ports import free_port

QUIET = ("-W", "ignore")  # it warns of its own libraries


@asynccontextmanager
async def openid_provider(*people: Mapping[str, object]) -> AsyncIterator[str]:
    """Run a provider that knows these people, by their claims; answer its issuer."""
    port = free_port()
    known = [word for one in people for word in ("--user-claims", json.dumps(one))]
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, *QUIET, "-m", "oidc_provider_mock", "--port", str(port)),
        *("--require-nonce", "true", *known),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    issuer = f"http://127.0.0.1:{port}"
    try:
        await _opened(issuer)
        yield issuer
    finally:
        program.terminate()
        await program.wait()


async def vouched(address: str, subject: str) -> str:
    """Sign in at the provider as somebody, and return where it leads back."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data={"sub": subject}, allow_redirects=False) as response,
    ):
        return response.headers["Location"]


async def _opened(issuer: str) -> None:
    async with asyncio.timeout(60), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"{issuer}/jwks") as response:
                    assert response.ok
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)

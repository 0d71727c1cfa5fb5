"""Slack's share of the wiring, opened only when it is set up: its library is slow to load."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta

from actions.people.joining import join
from bot.greeting import Greeter
from bot.reception import Hear, Reception
from bot.slack_settings import Slack, SlackMode
from bot.ways_in import WaysIn
from channels.slack.door import SlackDoor
from channels.slack.members import Members
from channels.slack.oauth import Grant, OAuth
from channels.slack.pages import REDIRECT, InstallPages
from channels.slack.provider import SlackProvider
from channels.slack.sealing import Seal
from channels.slack.socket import SocketListener
from channels.slack.tokens import GivenToken, InstalledTokens, Tokens, granted
from channels.slack.web_api import WebApi
from channels.slack.windows import Check, Filled
from domain.channel import Door, Files, Provider
from domain.clock import Clock, wall_time
from domain.forms import faults
from domain.pages import Page
from domain.request_forms import FORMS
from domain.workspaces import Installation
from store.connecting import Store


def provider(slack: Slack, files: Files, store: Store, clock: Clock) -> SlackProvider:
    api = WebApi(slack.base_url)
    return SlackProvider(api, _tokens(slack, api, store, clock), files=files)


def ways_in(
    slack: Slack, carrier: Provider | None, ways: WaysIn, *, store: Store, clock: Clock
) -> WaysIn:
    """Add Slack's ways in; a carrier that only remembers has no workspaces to hear."""
    if not isinstance(carrier, SlackProvider):
        return ways
    reception = Reception(ways.hear, greeter(slack, carrier, store, clock), store)
    return WaysIn(
        reception.hear,
        (*ways.doors, *_doors(slack, clock)),
        {**ways.listeners, **_listeners(slack, clock, reception.hear)},
        (*ways.pages, *_pages(slack, carrier, store, clock)),
    )


def greeter(slack: Slack, carrier: SlackProvider, store: Store, clock: Clock) -> Greeter:
    trusted = frozenset(slack.trusted_domains.lower().replace(",", " ").split())
    return Greeter(Members(carrier.api, carrier.tokens), store, clock, trusted=trusted)


def _doors(slack: Slack, clock: Clock) -> tuple[Door, ...]:
    if slack.mode is SlackMode.HTTP and slack.signing_secret:
        secret = slack.signing_secret.get_secret_value()
        return (SlackDoor(secret, clock, checking(clock)),)
    return ()


def checking(clock: Clock) -> Check:
    """Return what finds the faults in a form that was filled in, while its window is open."""

    def check(filled: Filled) -> Mapping[str, str]:
        form = FORMS.get(filled.form)
        if form is None or filled.answers is None:
            return {}
        today = wall_time(clock.now(), filled.zone).date()
        return faults(form, filled.answers, filled.language, today=today)

    return check


def _listeners(slack: Slack, clock: Clock, hear: Hear) -> dict[str, SocketListener]:
    if slack.mode is not SlackMode.SOCKET or slack.app_token is None:
        return {}
    token = slack.app_token.get_secret_value()
    api = WebApi(slack.base_url)
    return {"slack": SocketListener(api, token, hear, clock, checking(clock))}


def _pages(slack: Slack, carrier: SlackProvider, store: Store, clock: Clock) -> tuple[Page, ...]:
    """Return the pages by which workspaces let us in, when there is an app to let in."""
    if slack.client_id is None:
        return ()
    seal = _seal(slack, clock)
    installing = InstallPages(
        _oauth(slack, carrier.api, clock),
        seal,
        _joined(store, seal, clock),
        teams=frozenset(slack.teams.replace(",", " ").split()),
        is_secure=(slack.public_url or "").startswith("https:"),
    )
    return installing.pages()


class KeptRecords:
    """The store's installations, each call a transaction of its own."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def at(self, team: str) -> Installation | None:
        async with self._store.reading() as unit:
            return await unit.slack_installations.at(team)

    async def teams(self) -> Sequence[str]:
        async with self._store.reading() as unit:
            return await unit.slack_installations.teams()

    async def begin_rotation(self, team: str, lasts: timedelta) -> Installation | None:
        async with self._store.unit() as unit:
            return await unit.slack_installations.begin_rotation(team, lasts=lasts)

    async def end_rotation(self, before: Installation, after: Installation) -> bool:
        async with self._store.unit() as unit:
            return await unit.slack_installations.end_rotation(before, after)


def _tokens(slack: Slack, api: WebApi, store: Store, clock: Clock) -> Tokens:
    if slack.token:
        return GivenToken(api, slack.token.get_secret_value())
    seal, oauth = _seal(slack, clock), _oauth(slack, api, clock)
    return InstalledTokens(api, KeptRecords(store), seal, oauth, clock)


def _oauth(slack: Slack, api: WebApi, clock: Clock) -> OAuth:
    return OAuth(
        api,
        client_id=slack.client_id or "",
        client_secret=slack.client_secret.get_secret_value() if slack.client_secret else "",
        redirect_url=f"{(slack.public_url or '').rstrip('/')}{REDIRECT}",
        authorize_url=slack.authorize_url,
        clock=clock,
    )


def _seal(slack: Slack, clock: Clock) -> Seal:
    keys = slack.keys.get_secret_value() if slack.keys else ""
    return Seal(keys.replace(",", " ").split(), clock)


def _joined(store: Store, seal: Seal, clock: Clock) -> Callable[[Grant], Awaitable[None]]:
    async def joined(grant: Grant) -> None:
        bare = Installation(grant.team, grant.name, token="", installed_at=clock.now())
        async with store.unit() as unit:
            await join(unit, granted(grant, seal, bare))

    return joined

"""Registering other systems: adding and removing them, and giving up those that fall silent."""

import re
import secrets
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from actions.meetings import tenant
from actions.records.noting import note
from domain import outgoing
from domain.actors import PROGRAM, Actor
from domain.errors import Failed, Refused, Undeliverable
from domain.notices import NoticeKind
from domain.rights import Act, require
from domain.webhooks import TOLD_KINDS, Webhook, WebhookState, is_silent
from store.unit import Unit

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
SECRET_BYTES = 32
OVERLAP = timedelta(days=1)  # in which both secrets sign
LONGEST_OVERLAP = timedelta(days=30)


async def add(
    unit: Unit,
    name: str,
    url: str,
    *,
    kinds: Collection[NoticeKind] = (),
    bodies: Collection[str] = (),
    actor: Actor,
) -> Webhook:
    """Register a system, which is told from the next notice on, and return it with its new secret.

    Raises Refused when its name is taken or no name, when the address cannot be called, or when a
    kind or a body is not one that systems are told of.
    """
    require(actor, Act.CONNECT)
    if not NAME.fullmatch(name):
        raise Refused("webhook.no_name", name=name)
    for kind in kinds:
        if kind not in TOLD_KINDS:
            raise Refused("webhook.unknown_kind", kind=kind, known=list(TOLD_KINDS))
    there = await unit.bodies.ids()
    for body in bodies:
        if body not in there:
            raise Refused("webhook.unknown_body", body=body)
    webhook = Webhook(
        name,
        outgoing.checked(url),
        secrets.token_urlsafe(SECRET_BYTES),
        kinds=frozenset(kinds),
        bodies=frozenset(bodies),
    )
    if not await unit.webhooks.add((await tenant(unit)).id, webhook):
        raise Refused("webhook.taken", name=name)
    await _note(unit, name, "add_webhook", actor)
    return webhook


async def registered(unit: Unit, *, actor: Actor) -> list[Webhook]:
    """Return the systems that are registered, by name."""
    require(actor, Act.CONNECT)
    return await unit.webhooks.all()


async def remove(unit: Unit, name: str, *, actor: Actor) -> None:
    """Tell a system nothing any more, not even what waits for it; raise Refused if unknown."""
    require(actor, Act.CONNECT)
    await known(unit, name)
    await unit.webhooks.remove(name)
    await _note(unit, name, "remove_webhook", actor)


async def resume(unit: Unit, name: str, *, actor: Actor) -> bool:
    """Tell a system again from the next notice on, and say whether it was suspended."""
    require(actor, Act.CONNECT)
    webhook = await known(unit, name)
    if webhook.is_live:
        return False
    await unit.webhooks.change(_answering(webhook))
    await _note(unit, name, "resume_webhook", actor)
    return True


async def rotate(unit: Unit, name: str, *, overlap: timedelta = OVERLAP, actor: Actor) -> Webhook:
    """Give a system a new secret, and return it with that; the old one signs as well for a while.

    Of three secrets in so short a time, the oldest signs no more. Raises Refused if unknown.
    """
    require(actor, Act.CONNECT)
    webhook = await known(unit, name)
    rotated = replace(
        webhook,
        secret=secrets.token_urlsafe(SECRET_BYTES),
        secret_before=webhook.secret,
        secret_before_until=unit.clock.now() + min(overlap, LONGEST_OVERLAP),
    )
    await unit.webhooks.change(rotated)
    await _note(unit, name, "rotate_webhook", actor)
    return rotated


async def note_answer(unit: Unit, name: str) -> None:
    """Forget the failures of a system that answers again."""
    webhook = await unit.webhooks.by_name(name, to_change=True)
    if webhook and webhook.is_live:
        await unit.webhooks.change(_answering(webhook))


async def note_failure(unit: Unit, name: str, failure: Failed) -> None:
    """Count a failure of a system, and suspend it when it is gone or silent for too long."""
    webhook = await unit.webhooks.by_name(name, to_change=True)
    if webhook is None or not webhook.is_live:
        return
    now = unit.clock.now()
    failing_since = webhook.failing_since or now
    failures = webhook.failures + 1
    is_gone = isinstance(failure, Undeliverable) and failure.is_address_dead
    is_over = is_gone or is_silent(failures, failing_since, now)
    await unit.webhooks.change(
        replace(
            webhook,
            failures=failures,
            failing_since=failing_since,
            code=failure.code,
            state=WebhookState.SUSPENDED if is_over else WebhookState.LIVE,
        )
    )
    if is_over:
        await _note(unit, name, "suspend_webhook", PROGRAM, code=failure.code)


async def known(unit: Unit, name: str) -> Webhook:
    """Return a registered system, or raise Refused."""
    webhook = await unit.webhooks.by_name(name, to_change=True)
    if webhook is None:
        raise Refused("webhook.unknown", name=name)
    return webhook


def _answering(webhook: Webhook) -> Webhook:
    return replace(webhook, state=WebhookState.LIVE, failures=0, failing_since=None, code=None)


async def _note(unit: Unit, name: str, act: str, actor: Actor, **facts: str) -> None:
    await note(unit, actor, act, f"webhook:{name}", **facts)

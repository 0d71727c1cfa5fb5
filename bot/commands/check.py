"""`beffroi check`: what is set up, what is not, and whether each thing that is answers."""

from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import typer

from bot.commands.answers import AsJson, print_json, print_table, run

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.wiring import Program
    from channels.email.mailbox import Folder
    from domain.channel import Provider

PATIENCE = 15  # seconds for each answer


class Verdict(StrEnum):
    ANSWERS = "answers"
    SILENT = "does not answer"
    ABSENT = "not set up"
    HELD = "held back"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one thing; `says` is its answer, or what to do."""

    thing: str
    verdict: Verdict
    says: str


def check(as_json: AsJson = False) -> None:
    """Say what is set up, and ask each thing whether it answers; exit with 1 when one does not."""

    async def act(settings: "Settings") -> list[Finding]:
        return [finding async for finding in _findings(settings)]

    findings = run(act)
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        rows = [(one.thing, one.verdict, one.says) for one in findings]
        print_table(["Thing", "State", "Says"], rows)
    if any(finding.verdict is Verdict.SILENT for finding in findings):
        raise typer.Exit(1)


async def _findings(settings: "Settings") -> AsyncIterator[Finding]:
    from bot import wiring_email
    from bot.wiring import wired
    from domain.clock import SystemClock, tzdata_version
    from domain.errors import Misconfigured, Unavailable, Unreadable

    yield Finding("time zones", Verdict.ANSWERS, f"tzdata {tzdata_version()}, Casablanca is right")
    yield _printing()
    try:
        async with wired(settings, SystemClock()) as program:
            yield await _store(program)
            for channel, provider in program.providers.items():
                yield await _provider(channel, provider)
            for finding in await _held_back(program):
                yield finding
            for finding in await _suspended(program):
                yield finding
            if mailbox := wiring_email.folder(settings.imap):
                yield await _mailbox(mailbox)
            if settings.telegram.token:
                yield await _called_at(settings)
    except (Misconfigured, Unavailable, Unreadable) as error:
        yield Finding("database", Verdict.SILENT, str(error))
    for thing, setting in _absent(settings).items():
        yield Finding(thing, Verdict.ABSENT, f"set {setting}")


def _printing() -> Finding:
    from domain.printing import can_print

    if can_print():
        return Finding("receipts as PDF", Verdict.ANSWERS, "WeasyPrint and Pango are here")
    says = "install beffroi[pdf] and the system's libpango-1.0-0 and libpangoft2-1.0-0"
    return Finding("receipts as PDF", Verdict.ABSENT, says)


async def _store(program: "Program") -> Finding:
    async with program.store.reading() as unit:
        commune = await unit.bodies.tenant()
    names = commune.names.get(program.settings.language, commune.slug) if commune else None
    says = f"belongs to {names}" if names else "holds no commune yet: import one, or beffroi demo"
    return Finding("database", Verdict.ANSWERS, f"{program.store.dialect}, {says}")


async def _provider(channel: str, provider: "Provider") -> Finding:
    import asyncio

    from domain.errors import Failed

    try:
        async with asyncio.timeout(PATIENCE):
            return Finding(channel, Verdict.ANSWERS, await provider.answer_for_itself())
    except Failed as failure:
        return Finding(channel, Verdict.SILENT, failure.code)
    except TimeoutError:
        return Finding(channel, Verdict.SILENT, f"no answer within {PATIENCE} seconds")


async def _mailbox(folder: "Folder") -> Finding:
    import asyncio

    from channels.email.mailbox import Mailbox
    from domain.errors import Unreachable

    mailbox = Mailbox(folder)
    try:
        await asyncio.to_thread(mailbox.open)
        count = len(await asyncio.to_thread(mailbox.waiting))
        await asyncio.to_thread(mailbox.close)
    except Unreachable as failure:
        return Finding("mailbox", Verdict.SILENT, failure.code)
    return Finding("mailbox", Verdict.ANSWERS, f"{folder.name} is open, {count} to hear")


async def _held_back(program: "Program") -> list[Finding]:
    """Name what sends nothing now, or tells nobody in earnest."""
    from bot.commands.standing import sentences

    async with program.store.reading() as unit:
        said = await sentences(unit, program.settings)
    return [Finding(thing, Verdict.HELD, says) for thing, says in said]


async def _suspended(program: "Program") -> list[Finding]:
    async with program.store.reading() as unit:
        webhooks = await unit.webhooks.all()
    return [
        Finding(
            f"webhook {one.name}",
            Verdict.SILENT,
            f"suspended ({one.code}): beffroi webhook test {one.name}, then resume",
        )
        for one in webhooks
        if not one.is_live
    ]


async def _called_at(settings: "Settings") -> Finding:
    """Say whether what people write comes to us, by the way that is set up."""
    from bot.settings import Mode
    from channels.telegram.account import TelegramAccount
    from domain.errors import Failed

    telegram = settings.telegram
    thing = f"telegram {telegram.mode}"
    token = telegram.token.get_secret_value() if telegram.token else ""
    account = TelegramAccount(token, base_url=telegram.base_url)
    try:
        url, trouble = await account.called_at()
    except Failed as failure:
        return Finding(thing, Verdict.SILENT, failure.code)
    finally:
        await account.close()
    if telegram.mode is Mode.POLLING:
        return _asked(thing, url)
    if url != telegram.webhook_url:
        return Finding(thing, Verdict.SILENT, "Telegram does not know it yet: run beffroi serve")
    if trouble:
        return Finding(thing, Verdict.SILENT, f"Telegram says: {trouble}")
    return Finding(thing, Verdict.ANSWERS, f"Telegram calls {url}")


def _asked(thing: str, url: str) -> Finding:
    if not url:
        return Finding(thing, Verdict.ANSWERS, "Telegram keeps what people write until it is asked")
    says = (
        f"Telegram calls {url} instead: beffroi serve ends that when it starts; if it comes back, "
        "another program uses this token with a webhook"
    )
    return Finding(thing, Verdict.SILENT, says)


def _absent(settings: "Settings") -> dict[str, str]:
    """Return what could be set up and is not, and by which setting it would be."""
    absent = {}
    if not any(smtp.host for smtp in (settings.smtp, settings.smtp2, settings.smtp3)):
        folder = settings.email.folder
        absent["mail server"] = f"BEFFROI_SMTP_HOST; until then, letters lie in {folder}"
    if settings.imap.host is None:
        absent["mailbox"] = "BEFFROI_IMAP_HOST; until then, bounces are not heard"
    if settings.web.public_url is None:
        absent["unsubscribing"] = "BEFFROI_WEB_PUBLIC_URL; until then, letters do not offer it"
    senders = {"sms": settings.sms.sender, "whatsapp": settings.whatsapp.sender}
    for thing, sender in senders.items():
        if settings.twilio.account is None:
            absent[thing] = f"BEFFROI_TWILIO_ACCOUNT and BEFFROI_{thing.upper()}_SENDER"
        elif sender is None:
            absent[thing] = f"BEFFROI_{thing.upper()}_SENDER"
    secrets = {
        "telegram": (settings.telegram.token, "BEFFROI_TELEGRAM_TOKEN"),
        "slack": (
            settings.slack.token or settings.slack.client_id,
            "BEFFROI_SLACK_TOKEN, or BEFFROI_SLACK_CLIENT_ID",
        ),
        "push": (
            settings.push.private_key,
            "BEFFROI_PUSH_PRIVATE_KEY; beffroi push keys makes one",
        ),
    }
    absent |= {thing: setting for thing, (secret, setting) in secrets.items() if secret is None}
    return absent
